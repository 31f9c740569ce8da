export { createNextAuth, type NextAuth, type NextAuthOptions, type NextAuthSettings } from './next-auth.ts';
export type { SessionNeed } from '../client/index.ts';
export type { SessionView } from '../session/index.ts';
export type { PublicSession } from '../wire/index.ts';
