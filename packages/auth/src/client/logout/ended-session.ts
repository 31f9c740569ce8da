import type { Session } from '../../session/index.ts';

/** What a session that ended here leaves to be said to the provider. */
export interface EndedSession {
  readonly sub: string;
  /** What names the session to the provider, and no newer one (RP-Initiated Logout 1.0 §2). */
  readonly sid?: string;
  readonly idToken?: string;
  readonly refreshToken?: string;
  /** When it would have ended anyway; integer seconds. */
  readonly until: number;
}

export function toEnded({ claims, idToken, refreshToken, absoluteExpiresAt: until }: Session): EndedSession {
  const { sub, sid } = claims;
  return {
    sub,
    until,
    ...(sid === undefined ? {} : { sid }),
    ...(idToken === undefined ? {} : { idToken }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  };
}

/** Ended sessions whose refresh tokens the provider has not taken back, by the token. */
export interface UnrevokedTokens {
  readonly waiting: Map<string, EndedSession & { readonly notBefore: number }>;
  /** Stops looking for the provider; there while tokens wait. */
  stop: (() => void) | undefined;
}

export const createUnrevokedTokens = (): UnrevokedTokens => ({ waiting: new Map(), stop: undefined });
