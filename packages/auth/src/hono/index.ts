export { bearer, type BearerVariables } from './bearer.ts';
export { relyingParty, requirePermission, requireSession, type SessionVariables } from './relying-party.ts';
