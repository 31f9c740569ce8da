export {
  findCsrfRefusal,
  findSessionRefusal,
  isSafeMethod,
  type SessionRefusal,
  type SessionRequirements,
} from './http/session-requirements.ts';
export { authPaths } from '../wire/index.ts';
export type { OnBehalfOf } from './exchange/on-behalf-of.ts';
export type { ProcessProofs } from './dpop/process-proofs.ts';
export { type ApiFetch, createApiFetch, type TokenFor } from './exchange/api-fetch.ts';
export { escapeHtml } from './http/failure-page.ts';
export { type Failure } from './http/failure.ts';
export { isTransient, varyByCookie, withNoStore } from './http/no-store.ts';
export { type RelyingPartyOptions } from './options.ts';
export { createProcessMemory, type ProcessMemory } from './process-memory.ts';
export {
  createRelyingParty,
  type RefreshedSession,
  type RelyingParty,
  type UpdatedSession,
  type UpdateOptions,
} from './relying-party.ts';
