export { authPaths } from '../wire/index.ts';
export { escapeHtml } from './failure-page.ts';
export { type Failure } from './failures.ts';
export { createProcessMemory, type ProcessMemory } from './memory.ts';
export { type RelyingPartyOptions } from './options.ts';
export { createRelyingParty, type Passage, type RelyingParty } from './relying-party.ts';
