import {
  type BoundToken,
  boundTokenPath,
  type BoundTokenRefusal,
  type BoundTokenRequest,
} from '../wire/index.ts';
import type { PageKey } from './page-key.ts';

/** Why this page gets no token: `error` is the site's or the provider's, e.g. `session_invalid`. */
export class BoundTokenError extends Error {
  override readonly name = 'BoundTokenError';
  readonly error: string;
  readonly status: number;

  constructor(error: string, status: number) {
    super(`this page got no token (${error})`);
    this.error = error;
    this.status = status;
  }
}

/** The tokens of one page, in its memory only. */
export interface BoundTokens {
  /** @throws BoundTokenError */
  readonly find: (audience: string) => Promise<string>;
  readonly forget: (audience: string) => void;
  /** The site's clock, seconds: this browser's own may be wrong. */
  readonly now: () => number;
}

interface Options {
  readonly key: () => Promise<PageKey>;
  readonly basePath: string;
  readonly fetch: typeof fetch;
  readonly clock: () => number;
}

/** A token is used only while so much of its life is left, seconds. */
const MARGIN_SECONDS = 10;
/** One try to learn what a proof needs, one to learn the nonce, one that counts. */
const TRIES = 3;

export function createBoundTokens({ key, basePath, fetch, clock }: Options): BoundTokens {
  const kept = new Map<string, { readonly token: Promise<string>; until: number }>();
  let site: { readonly tokenEndpoint: string; readonly ahead: number } | undefined;
  let nonce: string | undefined;
  const now = () => clock() + (site?.ahead ?? 0);

  async function ask(audience: string): Promise<BoundToken> {
    for (let left = TRIES; ; left -= 1) {
      const proof =
        site && (await (await key()).prove({ method: 'POST', url: site.tokenEndpoint, iat: now(), nonce }));
      const asked: BoundTokenRequest = { audience, ...(proof !== undefined && { proof }) };
      const response = await fetch(basePath + boundTokenPath, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
        cache: 'no-store',
        redirect: 'error',
      });
      nonce = response.headers.get('dpop-nonce') ?? nonce;
      const answer: unknown = await response.json().catch(() => ({}));
      if (response.ok) return toToken(answer);
      const { error, token_endpoint: tokenEndpoint, now: theirs } = toRefusal(answer);
      if (tokenEndpoint === undefined || theirs === undefined || left === 1)
        throw new BoundTokenError(error, response.status);
      site = { tokenEndpoint, ahead: theirs - clock() };
    }
  }

  return {
    now,
    forget: (audience) => void kept.delete(audience),
    find(audience) {
      const known = kept.get(audience);
      if (known && now() < known.until) return known.token;
      // Those who ask meanwhile wait for the same token.
      const entry = { token: Promise.resolve(''), until: Number.POSITIVE_INFINITY };
      entry.token = ask(audience).then(
        (answer) => {
          entry.until = now() + answer.expires_in - MARGIN_SECONDS;
          return answer.access_token;
        },
        (error: unknown) => {
          kept.delete(audience);
          throw error;
        },
      );
      kept.set(audience, entry);
      return entry.token;
    },
  };
}

function toToken(answer: unknown): BoundToken {
  const { access_token, expires_in }: Partial<Record<string, unknown>> = Object(answer);
  if (typeof access_token === 'string' && typeof expires_in === 'number')
    return { access_token, token_type: 'DPoP', expires_in };
  throw new BoundTokenError('invalid_response', 200);
}

function toRefusal(answer: unknown): BoundTokenRefusal {
  const { error, token_endpoint, now }: Partial<Record<string, unknown>> = Object(answer);
  return {
    error: typeof error === 'string' ? error : 'invalid_response',
    ...(typeof token_endpoint === 'string' && { token_endpoint }),
    ...(typeof now === 'number' && { now }),
  };
}
