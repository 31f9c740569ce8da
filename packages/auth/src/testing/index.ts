export type { AuthorizeAnswer, AuthorizeOptions } from './authorize.ts';
export type { Endpoint, Fault } from './faults.ts';
export type { Hold } from './hold.ts';
export { forge, type Forgery, type ForgeryRow, type RightToken } from './forge.ts';
export { forgeryRows } from './forgery-rows.ts';
export {
  type Actor,
  type ContractBrowser,
  type ContractClient,
  type ContractIssuer,
  createActor,
  issuerContract,
  type IssuerRow,
} from './issuer-contract/index.ts';
export type { Alteration, TestClient, TestRequest } from './issuer-state.ts';
export type { Mangle, MangledRow } from './mangle.ts';
export { mangledRows } from './mangled-rows.ts';
export type { AnyClaims, Mint, TokenKind } from './mint.ts';
export { createTestBrowser, type TestBrowser, type TestBrowserOptions } from './test-browser.ts';
export {
  type ContractRow,
  revocationContract,
  sessionStoreContract,
  spentContract,
} from './store-contract.ts';
export { createTestClock, type TestClock } from './test-clock.ts';
export type { TestCookie } from './test-cookies.ts';
export { createTestIssuer, type TestIssuer } from './test-issuer.ts';
export type { TestIssuerOptions } from './test-issuer-options.ts';
export { createTestKey, type TestKeyRing } from './test-key-ring.ts';
export { ada, type TestPerson, type TestProof, type TestSignOn } from './test-people.ts';
export { openTestSite, type TestSite } from './test-site.ts';
export { loginAs, type BrowserCookie, type CookieContext, type LoginAsOptions } from './login-as.ts';
