export { createIssuerKeys } from './issuer-keys.ts';
export { type ProviderMetadata } from './metadata.ts';
export { toPlainError, type PlainError } from './plain-error.ts';
export { createProvider, type DiscoveredProvider, type Provider, type ProviderMemory } from './provider.ts';
export { createProviderFetch, secondsForCalls, toOAuthFetch } from './provider-fetch.ts';
export { withTimeLimit } from './time-limit.ts';
