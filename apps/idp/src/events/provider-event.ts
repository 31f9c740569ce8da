import type { BudgetName } from '../throttle/index.ts';

/** What the provider did, for logs, audit and tests: ids, names and outcomes, never a secret. */
export type ProviderEvent =
  | { readonly type: 'sign-in.accepted'; readonly sub: string; readonly sid: string }
  | { readonly type: 'sign-in.rejected'; readonly reason: 'credentials' | 'disabled' | 'busy' }
  | {
      readonly type: 'sign-in.throttled';
      readonly budget: BudgetName;
      /** Where the try came from: an IPv4 address or an IPv6 /64. */
      readonly network: string;
      readonly retryAfterSeconds: number;
    }
  | {
      readonly type: 'session.ended';
      readonly sub: string;
      readonly sid: string;
      /** `account`: disabled, removed, or with another passphrase. */
      readonly reason: 'sign-out' | 'other-person' | 'account';
    }
  | {
      readonly type: 'authorization.granted';
      readonly clientId: string;
      readonly sub: string;
      readonly sid: string;
      readonly grantId: string;
    }
  | { readonly type: 'authorization.refused'; readonly clientId: string; readonly error: string }
  | {
      readonly type: 'consent.answered';
      readonly clientId: string;
      readonly sub: string;
      readonly allowed: readonly string[];
      readonly refused: readonly string[];
    }
  | { readonly type: 'consent.revoked'; readonly clientId: string; readonly sub: string }
  | { readonly type: 'code.consumed'; readonly clientId: string; readonly grantId: string }
  | { readonly type: 'code.replayed'; readonly clientId: string; readonly grantId: string }
  | { readonly type: 'refresh.rotated'; readonly clientId: string; readonly grantId: string }
  | { readonly type: 'refresh.replayed'; readonly clientId: string; readonly grantId: string }
  /** The same token asked for something else at the same time, and got it beside the same successor. */
  | { readonly type: 'refresh.shared'; readonly clientId: string; readonly grantId: string }
  | { readonly type: 'refresh.reused'; readonly clientId: string; readonly grantId: string }
  | {
      readonly type: 'token.exchanged';
      readonly clientId: string;
      readonly grantId: string;
      readonly audience: string;
    }
  | { readonly type: 'client.granted'; readonly clientId: string; readonly audience: string }
  | {
      readonly type: 'token.revoked';
      readonly clientId: string;
      /** A refresh token takes its whole grant with it. */
      readonly kind: 'access' | 'refresh';
      /** Undefined for a token that the client got for itself. */
      readonly grantId: string | undefined;
    }
  | { readonly type: 'client.rejected'; readonly clientId: string | undefined; readonly reason: string }
  | { readonly type: 'client.registered' | 'client.removed' | 'secret.rotated'; readonly clientId: string }
  | { readonly type: 'audiences.changed'; readonly clientId: string; readonly audiences: readonly string[] }
  | {
      readonly type:
        | 'person.added'
        | 'person.removed'
        | 'person.disabled'
        | 'person.enabled'
        | 'passphrase.changed';
      readonly sub: string;
    }
  | { readonly type: 'roles.changed'; readonly sub: string; readonly roles: readonly string[] }
  | {
      readonly type: 'key.rotated';
      readonly alg: string;
      readonly kid: string;
      /** In seconds: now, or when every verifier can know the key. */
      readonly signsAt: number;
    }
  | { readonly type: 'config.warned'; readonly message: string }
  | { readonly type: 'error.internal'; readonly name: string; readonly message: string };

export type ObserveProvider = (event: ProviderEvent) => void;
