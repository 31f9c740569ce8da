import type { IssuerRow } from './checks.ts';
import { laterRows } from './later-rows.ts';
import { loginRows } from './login-rows.ts';
import { refreshRows } from './refresh-rows.ts';
import { tokenRows } from './token-rows.ts';

export {
  type Actor,
  type ContractBrowser,
  type ContractClient,
  type ContractIssuer,
  createActor,
} from './actor.ts';
export type { IssuerRow } from './checks.ts';

/**
 * What the test issuer and a real provider of this protocol have in common, so that what is proven against the one holds
 * at the other. Each row makes a login of its own; rows may share a provider.
 */
export const issuerContract: readonly IssuerRow[] = [
  ...loginRows,
  ...tokenRows,
  ...refreshRows,
  ...laterRows,
];
