import type { Permission } from '@sso/domains';
import { auth } from '../../../auth.ts';
import { RefusedPage } from '../../../components/refused-page.tsx';

const actions = [
  ['blog:comments.write', 'This account may not comment'],
  ['blog:comments.hide', 'This account may not hide comments'],
  ['blog:posts.publish', 'This account may not publish'],
] as const satisfies readonly (readonly [Permission, string])[];

/** Stands in for a note whose action was refused: names the first that the account lacks. */
export default async function NoteForbiddenPage() {
  const session = await auth();
  const [permission, title] = actions.find(([needed]) => !session?.can(needed)) ?? actions[0];
  return <RefusedPage path="/" title={title} permission={permission} />;
}
