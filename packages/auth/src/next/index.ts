export { createNextAuth, type NextAuth, type NextAuthOptions, type NextAuthSettings } from './next-auth.ts';
export { type Need } from './guards.ts';
export type { SessionView } from '../session/index.ts';
export type { PublicSession } from '../wire/index.ts';
