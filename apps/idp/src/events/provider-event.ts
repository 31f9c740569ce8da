import type { TokenContent } from '@sso/auth/tokens';
import type { BudgetName } from '../throttle/index.ts';

/** At whom somebody tried to sign in, and from where. */
interface Tried {
  /** A keyed hash of what was typed as the username; see `audit-names.ts`. */
  readonly account: string;
  /** An IPv4 address or an IPv6 /64. */
  readonly network: string;
}

/** What the provider did, for logs, audit and tests: ids, names and outcomes, never a secret. */
export type ProviderEvent =
  | { readonly type: 'sign-in.accepted'; readonly sub: string; readonly sessionId: string }
  | ({ readonly type: 'sign-in.rejected'; readonly reason: 'credentials' | 'disabled' | 'busy' } & Tried)
  | ({
      readonly type: 'sign-in.throttled';
      readonly budget: BudgetName;
      readonly retryAfterSeconds: number;
    } & Tried)
  | {
      readonly type: 'session.ended';
      readonly sub: string;
      readonly sessionId: string;
      /** As in `store/endings.ts`. */
      readonly reason:
        | 'sign-out'
        | 'sign-out-everywhere'
        | 'other-person'
        | 'too-many-sessions'
        | 'passphrase-changed'
        | 'person-disabled'
        | 'person-removed';
    }
  | {
      readonly type: 'authorization.granted';
      readonly clientId: string;
      readonly sub: string;
      readonly sessionId: string;
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
  | {
      /** A token of the session went to this client, or to an API that it stands for, for the first time. */
      readonly type: 'session.reached';
      readonly sessionId: string;
      readonly clientId: string;
      /** What the client and its APIs know the session by. */
      readonly sid: string;
    }
  | ({ readonly type: 'code.consumed' } & OfGrant)
  | ({ readonly type: 'code.replayed' } & OfGrant)
  | ({ readonly type: 'refresh.rotated' } & OfGrant)
  | ({ readonly type: 'refresh.replayed' } & OfGrant)
  /** The same token asked for something else at the same time, and got it beside the same successor. */
  | ({ readonly type: 'refresh.shared' } & OfGrant)
  | ({ readonly type: 'refresh.reused' } & OfGrant)
  | ({
      readonly type: 'token.exchanged';
      readonly audience: string;
      /** What the new token says; undefined where nobody stands for the audience. */
      readonly sid: string | undefined;
      /** The client whose API acts for the person, where one does. */
      readonly actor?: string;
    } & OfGrant)
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
  | {
      readonly type: 'client.throttled';
      readonly clientId: string | undefined;
      readonly budget: BudgetName;
      /** Where the secrets came from: an IPv4 address or an IPv6 /64. */
      readonly network: string;
      readonly retryAfterSeconds: number;
    }
  | {
      readonly type: 'client.registered';
      readonly clientId: string;
      /** The initial access token that was used; undefined where the operator registered the client. */
      readonly initialTokenId?: string;
    }
  | { readonly type: 'client.changed' | 'client.removed'; readonly clientId: string }
  | {
      readonly type: 'secret.rotated';
      readonly clientId: string;
      /** In seconds: until when the one before is accepted; undefined from now on no more. */
      readonly previousUntil: number | undefined;
    }
  | { readonly type: 'initial-token.added' | 'initial-token.removed'; readonly initialTokenId: string }
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
  /** What a role brings counts now for all who have it. */
  | { readonly type: 'role.changed'; readonly role: string; readonly people: number }
  | {
      readonly type: 'everything.ended';
      readonly sessions: number;
      readonly grants: number;
      readonly interactions: number;
    }
  | {
      readonly type: 'key.rotated';
      readonly alg: string;
      readonly kid: string;
      /** In seconds: now, or when every verifier can know the key. */
      readonly signsAt: number;
    }
  | { readonly type: 'key.revoked'; readonly alg: string; readonly kid: string }
  | {
      readonly type: 'notice.delivered';
      /** What it is about, such as `logout`. */
      readonly kind: string;
      readonly clientId: string;
      /** The sign-on session that it is about. */
      readonly sessionId: string | undefined;
      readonly tries: number;
      /** From what it tells of to its delivery. */
      readonly seconds: number;
    }
  /** By an answer that says that the site does not know the address or the token: 400, 404, 410 or 501. */
  | {
      readonly type: 'notice.refused';
      readonly kind: string;
      readonly clientId: string;
      readonly status: number;
    }
  | {
      readonly type: 'notice.failed';
      readonly kind: string;
      readonly clientId: string;
      readonly message: string;
    }
  /** The sessions that they are about would have ended by themselves. */
  | {
      readonly type: 'notice.given-up';
      readonly kind: string;
      readonly clientId: string;
      readonly count: number;
    }
  /** Once a minute, on each node. `delivered`, `failed` and `givenUp` are the node's own, since its start. */
  | {
      readonly type: 'outbox.counted';
      readonly waiting: number;
      readonly oldestSeconds: number;
      readonly delivered: number;
      readonly failed: number;
      readonly givenUp: number;
    }
  | RequestDetailed
  | { readonly type: 'config.warned'; readonly message: string }
  | { readonly type: 'error.internal'; readonly name: string; readonly message: string };

/** With `EVENT_DETAILS=on`: what a request asked for and what came of it, without values that are secret or a person's. */
export interface RequestDetailed {
  readonly type: 'request.detailed';
  readonly method: string;
  /** The route, such as `/authorize/:id`. */
  readonly path: string;
  readonly status: number;
  readonly clientId: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** Names alone. */
  readonly otherParameters: readonly string[];
  /** Names alone. */
  readonly cookiesRead: readonly string[];
  readonly cookiesSet: readonly { readonly name: string; readonly attributes: readonly string[] }[];
  /** What the tokens of the answer say. */
  readonly tokens: readonly (TokenContent & { readonly token: 'access_token' | 'id_token' })[];
  /** Of a refusal in JSON (RFC 6749 §5.2). */
  readonly error: string | undefined;
  readonly errorDescription: string | undefined;
}

interface OfGrant {
  readonly clientId: string;
  readonly grantId: string;
  /** The sign-on session that the grant belongs to. Clients know it by a `sid` of their own: see `session.reached`. */
  readonly sessionId: string;
}

export type ObserveProvider = (event: ProviderEvent) => void;
