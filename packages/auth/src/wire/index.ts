export { loginHref } from './login-href.ts';
export { authPaths } from './paths.ts';
export type { PublicSession, PublicUser } from './public-session.ts';
