export { createNextAuth, type NextAuth, type NextAuthOptions, type NextAuthSettings } from './next-auth.ts';
export type { SessionRequirements } from '../client/index.ts';
export type { SessionView } from '../session/index.ts';
export type { PublicSession } from '../wire/index.ts';
export type { ProxyOptions, SiteProxy } from './proxy.ts';
