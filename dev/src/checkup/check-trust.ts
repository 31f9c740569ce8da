import type { Root } from '../trust/root.ts';
import { readTrust, type FoundStores } from '../trust/find-stores.ts';
import { fine, type Finding, hint } from './check.ts';

/** Who trusts the local root. Without trust the sites run, browsers warn. */
export async function checkTrust(
  { stores, needCertutil }: FoundStores,
  root: Root | undefined,
): Promise<Finding[]> {
  if (!root) return [hint('Trust', 'there is no local certificate yet', 'type pnpm trust')];
  const states = await readTrust(stores, root);
  return [
    ...states.map(({ store, trusted }) =>
      trusted ? fine('Trust', store.name) : hint('Trust', `not trusted by ${store.name}`, 'type pnpm trust'),
    ),
    ...needCertutil.map((name) =>
      hint('Trust', `${name} can't be asked without NSS's certutil`, 'type pnpm trust'),
    ),
  ];
}
