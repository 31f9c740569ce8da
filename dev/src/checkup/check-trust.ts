import type { Root } from '../trust/root.ts';
import { readTrust, type Stores } from '../trust/stores.ts';
import { fine, type Finding, hint } from './check.ts';

/** Who trusts the local root. Without trust the sites run, browsers warn. */
export async function checkTrust({ stores, outOfReach }: Stores, root: Root | undefined): Promise<Finding[]> {
  if (!root) return [hint('Trust', 'there is no local certificate yet', 'type pnpm trust')];
  const states = await readTrust(stores, root);
  return [
    ...states.map(({ store, trusted }) =>
      trusted ? fine('Trust', store.name) : hint('Trust', `not trusted by ${store.name}`, 'type pnpm trust'),
    ),
    ...outOfReach.map((name) =>
      hint('Trust', `${name} can't be asked without NSS's certutil`, 'type pnpm trust'),
    ),
  ];
}
