import { accessMatrix } from '../access/access-matrix.ts';
import { pageResponse, seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { accountAccessPage } from './account-access-page.ts';
import { findSignedIn } from './interaction-page.ts';
import type { View } from './layout.ts';

/** GET: what the person may do at each site, and through which role, from the contract. */
export async function showAccountAccess(provider: Provider, view: View, request: Request): Promise<Response> {
  const signedIn = await findSignedIn(provider, request);
  if (!signedIn) return seeOther(`${provider.issuer}/account`);
  const { roles } = signedIn.person;
  return pageResponse(await accountAccessPage(view, accessMatrix(provider.access), roles));
}
