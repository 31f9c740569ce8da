export { type VersionedKeys } from './discovered-keys.ts';
export { createIssuerKeys, type IssuerKeysOptions } from './issuer-keys.ts';
export { type ProviderMetadata } from './metadata.ts';
export { toPlainError, type PlainError } from './plain-error.ts';
export {
  createProvider,
  type DiscoveredProvider,
  type Provider,
  type ProviderMemory,
  type ProviderOptions,
} from './provider.ts';
export {
  createProviderFetch,
  PROVIDER_CALL_SECONDS,
  secondsForCalls,
  toOAuthFetch,
  type ProviderFetchOptions,
} from './provider-fetch.ts';
export { withTimeLimit } from './time-limit.ts';
