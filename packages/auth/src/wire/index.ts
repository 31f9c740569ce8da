export {
  type BoundToken,
  boundTokenPath,
  type BoundTokenRefusal,
  type BoundTokenRequest,
} from './bound-token.ts';
export { loginHref } from './login-href.ts';
export { authPaths, pagePaths } from './paths.ts';
export type { PublicSession, PublicUser } from './public-session.ts';
