import type { ErrorChapter } from './error-explanation.ts';

type ProviderErrorCode =
  | 'keys_unavailable'
  | 'discovery_failed'
  | 'discovery_mismatch'
  | 'provider_unavailable'
  | 'store_unavailable';

export const providerErrors: ErrorChapter<ProviderErrorCode> = {
  keys_unavailable: {
    cause:
      'No key set could be fetched since the start, or for a day: the provider is down, slow, or answers something else at `jwksUri`. Keys that were fetched stay in use that long. Transient.',
    fix: 'Check that the provider runs and that this machine reaches it (name, port, trusted certificate): in this repository `npx -y pnpm@12 checkup` tells which.',
  },
  discovery_failed: {
    cause:
      "`/.well-known/openid-configuration` below the issuer can't be fetched, is no JSON, or lacks an endpoint.",
    fix: 'Open that address from the same machine. `*.localhost` does not resolve in Node by itself and a private certificate authority must be trusted: use `internalIssuerUrl`, or a preload as in `dev/preload`.',
  },
  discovery_mismatch: {
    cause:
      "The discovery document names another issuer than the one it was asked for, or names none to an API. Its keys may be somebody else's (mix-up, OIDC Discovery §4.3). A relying party reports a document without an issuer as `discovery_failed`.",
    fix: 'Write `issuer` exactly as the document does. Behind a proxy, tell the provider its public name.',
  },
  provider_unavailable: {
    cause: 'The provider did not answer in time, or answered 5xx, while a site needed it. Transient.',
    fix: 'Signed-in people go on with what they have. Check the provider; nothing needs a restart when it is back.',
  },
  store_unavailable: {
    cause:
      "The site's own `revocations`, `spent`, `refreshes` or `sessionStore` failed. Nobody is signed out because of that, and the request fails. Transient. A store of your own has to reject when it fails: a resolved promise counts as its answer.",
    fix: "Look at the error's `cause`, at the event `store.failed`, and at the database behind the store.",
  },
};
