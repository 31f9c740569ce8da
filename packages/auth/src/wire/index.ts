export { loginHref } from './login-href.ts';
export { authPaths, pagePaths } from './paths.ts';
export type { PublicSession, PublicUser } from './public-session.ts';
