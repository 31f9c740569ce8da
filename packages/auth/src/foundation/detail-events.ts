import type { Check, ComparedValue } from './checks.ts';
import type { AuthErrorCode } from './errors.ts';

/**
 * What `eventDetails` adds: what was compared and what was read. Of claims the values of identifiers, permissions and times,
 * of all others the name; of cookies the name and the attributes. Still never a token, code, verifier or cookie's value.
 */
export type DetailEvent = TokenChecked | AnswerChecked | CookiesHandled;

/** Which kind of JWT somebody looked at. */
export type TokenKind = 'access' | 'id' | 'logout' | 'security-event' | 'dpop-proof';

/** What a token says that a log may hold. */
export interface TokenContent {
  readonly header: Readonly<Record<string, ComparedValue>>;
  readonly claims: Readonly<Record<string, ComparedValue>>;
  /** The names of claims whose values stay out: a person's name and address, and whatever nobody knows here. */
  readonly otherClaims: readonly string[];
}

/** A token was verified or refused, by the client `clientId` or by the API `audience`. */
export interface TokenChecked extends TokenContent, Outcome {
  readonly type: 'token.checked';
  readonly issuer: string;
  readonly clientId?: string | undefined;
  readonly audience?: string | undefined;
  readonly token: TokenKind;
}

/** The provider's answer at the callback was checked, before its code went anywhere. */
export interface AnswerChecked extends Outcome {
  readonly type: 'callback.checked';
  readonly issuer: string;
  readonly clientId: string;
  readonly stateHash: string;
}

/** The site's own cookies that came with a request, and those that its answer changes. */
export interface CookiesHandled {
  readonly type: 'cookies.handled';
  readonly issuer: string;
  readonly clientId: string;
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  readonly read: readonly string[];
  readonly set: readonly CookieDetails[];
}

export interface CookieDetails {
  readonly name: string;
  /** `Path=/`, `HttpOnly`, `Max-Age=600`. */
  readonly attributes: readonly string[];
}

interface Outcome {
  readonly checks: readonly Check[];
  /** Of a refusal. */
  readonly code?: AuthErrorCode | undefined;
  /** Cause and fix, without secrets. */
  readonly message?: string | undefined;
}
