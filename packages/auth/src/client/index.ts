export { forgeryOf, isRead, type Refused, refusalOf, type SessionNeed } from './admission.ts';
export { authPaths } from '../wire/index.ts';
export { type ApiFetch, createApiFetch } from './api-fetch.ts';
export { escapeHtml } from './failure-page.ts';
export { type Failure } from './failures.ts';
export { createProcessMemory, type ProcessMemory } from './memory.ts';
export { type RelyingPartyOptions } from './options.ts';
export { isTransient, personal, varyByCookie } from './personal.ts';
export { createRelyingParty, type Passage, type RelyingParty } from './relying-party.ts';
