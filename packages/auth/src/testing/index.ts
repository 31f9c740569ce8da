export type { AuthorizeAnswer, AuthorizeOptions } from './issuer/authorize.ts';
export type { Endpoint, Fault } from './issuer/faults.ts';
export type { Hold } from './issuer/hold.ts';
export { forge, type Forgery, type ForgeryRow, type RightToken } from './forgeries/forge.ts';
export { forgeryRows } from './forgeries/forgery-rows.ts';
export {
  type RawRelyingParty,
  type ContractBrowser,
  type ContractClient,
  type ContractIssuer,
  createRawRelyingParty,
  dpopContract,
  issuerContract,
  type IssuerRow,
} from './contracts/issuer-contract/index.ts';
export type { Alteration, TestClient, TestRequest } from './issuer/issuer-state.ts';
export type { AlterToken, AlteredTokenRow } from './forgeries/alter-token.ts';
export { alteredTokenRows } from './forgeries/altered-token-rows.ts';
export type { AnyClaims, Mint, TokenKind } from './issuer/mint.ts';
export { createTestBrowser, type TestBrowser, type TestBrowserOptions } from './browser/test-browser.ts';
export {
  type ContractRow,
  revocationContract,
  sessionStoreContract,
  spentContract,
} from './contracts/store-contract.ts';
export { createTestClock, type TestClock } from './test-clock.ts';
export type { TestCookie } from './browser/test-cookies.ts';
export { createTestIssuer, type TestIssuer } from './issuer/test-issuer.ts';
export type { TestIssuerOptions } from './issuer/test-issuer-options.ts';
export { createTestKey, type TestKeyRing } from './issuer/test-key-ring.ts';
export { ada, type TestPerson, type TestAuthentication, type TestSignOn } from './issuer/test-people.ts';
export { leastProcessorMilliseconds, type ProcessorTimeOptions } from './processor-time.ts';
export { openTestSite, type TestSite } from './test-site.ts';
export { loginAs, type BrowserCookie, type CookieContext, type LoginAsOptions } from './browser/login-as.ts';
