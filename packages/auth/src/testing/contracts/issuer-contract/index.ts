import type { IssuerRow } from './checks.ts';
import { afterLoginRows } from './after-login-rows.ts';
import { exchangeRows } from './exchange-rows.ts';
import { loginRows } from './login-rows.ts';
import { readerRows } from './reader-rows.ts';
import { refreshRows } from './refresh-rows.ts';
import { tokenRows } from './token-rows.ts';

export {
  type RawRelyingParty,
  type ContractBrowser,
  type ContractClient,
  type ContractIssuer,
  createRawRelyingParty,
} from './raw-relying-party.ts';
export type { IssuerRow } from './checks.ts';
export { dpopContract } from './dpop-rows.ts';

/**
 * What the test issuer and a real provider of this protocol have in common, so that what is proven against the one holds
 * at the other. Each row makes a login of its own; rows may share a provider.
 */
export const issuerContract: readonly IssuerRow[] = [
  ...loginRows,
  ...tokenRows,
  ...readerRows,
  ...refreshRows,
  ...exchangeRows,
  ...afterLoginRows,
];
