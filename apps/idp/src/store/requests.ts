/** What an authorization request asked for, parsed and validated once (OIDC Core §3.1.2.1). */
export interface AuthorizationRequest {
  readonly kind: 'authorize';
  readonly clientId: string;
  /** Exactly one of the client's registered addresses. */
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly responseMode: 'query' | 'form_post';
  readonly nonce: string | undefined;
  /** PKCE S256 challenge (RFC 7636 §4.2). */
  readonly codeChallenge: string | undefined;
  /** The key that the code is to be bound to (RFC 9449 §10); absent in a request that an earlier release stored. */
  readonly dpopJkt?: string | undefined;
  /** What was requested and the client may ask for. */
  readonly scope: readonly string[];
  /** What was requested beyond that; absent in a request that an earlier release stored. */
  readonly droppedScope?: readonly string[] | undefined;
  /** RFC 8707 resources; empty means the provider itself. */
  readonly resources: readonly string[];
  readonly prompt: readonly Prompt[];
  readonly maxAgeSeconds: number | undefined;
  readonly loginHint: string | undefined;
  /** Whom a verified `id_token_hint` and the `claims` parameter name, as the client knows them; nobody else may answer. */
  readonly expectedSubs: readonly string[] | undefined;
  /** Single claims that the `claims` parameter names, by where they are to appear (OIDC Core §5.5). */
  readonly claims: RequestedClaims;
  /** An essential `acr`: the sign-in has to be one of these (OIDC Core §5.5.1.1). */
  readonly requiredAcr: readonly string[] | undefined;
}

export interface RequestedClaims {
  readonly idToken: readonly string[];
  readonly userinfo: readonly string[];
}

export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

/** A sign-out, as asked for at the end-session endpoint (RP-Initiated Logout 1.0 §2). */
export interface LogoutRequest {
  readonly kind: 'sign-out';
  readonly clientId: string | undefined;
  /** Registered return address with `state` already added; absent means the provider's own page. */
  readonly returnTo: string | undefined;
  /** What `logout_hint` and a verified `id_token_hint` name: the client's `sid`, if they are right. */
  readonly hintedSids: readonly string[];
}

/** An authorization request that its client pushed and no browser has brought yet (RFC 9126). */
export interface PushedAuthorizationRequest {
  readonly kind: 'pushed';
  readonly request: AuthorizationRequest;
}

/** What an interaction holds while a person answers it. Its id travels in URLs, its content never does. */
export type InteractionRequest = AuthorizationRequest | LogoutRequest | PushedAuthorizationRequest;
