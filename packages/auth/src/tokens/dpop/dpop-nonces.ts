import { macBase64url } from '../../crypto/index.ts';
import { authError, type Clock, equalInConstantTime, MINUTE, systemClock } from '../../foundation/index.ts';

/**
 * A server's nonces for proofs (RFC 9449 §8 and §9). None is kept anywhere: each is an HMAC of a stretch of time, so every
 * process with the same secret takes those of the others, and nobody without it makes one in advance.
 */
export interface DpopNonces {
  /** The one for the `DPoP-Nonce` header of an answer now. 43 characters. */
  readonly current: () => Promise<string>;
  /** Whether it is a nonce of this server that is recent enough. */
  readonly isCurrent: (nonce: string) => Promise<boolean>;
}

export interface DpopNoncesOptions {
  /** 32 characters each at least, unguessable, the same in all processes. The first makes nonces, all verify. */
  readonly secrets: readonly string[];
  /** Whose nonces: the issuer, or the API's audience. A nonce of another server with the same secret is none of this one's. */
  readonly server: string;
  readonly clock?: Clock | undefined;
  /** A nonce is taken for as long at least, and for twice as long at most. Default a minute. */
  readonly slotSeconds?: number | undefined;
}

const MIN_SECRET_LENGTH = 32;

/**
 * Makes and recognises nonces.
 *
 * @throws AuthError `config_invalid` for no secret, or one that is too short
 * @example
 * ```ts
 * const nonces = createDpopNonces({ secrets: [env.DPOP_NONCE_SECRET], server: 'https://api.example' });
 * answer.headers.set('dpop-nonce', await nonces.current());
 * ```
 */
export function createDpopNonces(options: DpopNoncesOptions): DpopNonces {
  const { server, clock = systemClock, slotSeconds = MINUTE } = options;
  const keys = options.secrets.map(requireSecret);
  const [first] = keys;
  if (!first) throw authError('config_invalid', 'nonces of DPoP proofs need a secret');
  const made = new Map<number, Promise<readonly string[]>>();
  const slotNow = () => Math.floor(clock() / slotSeconds);
  const noncesOf = (slot: number) => {
    const known = made.get(slot);
    if (known) return known;
    const texts = Promise.all(keys.map((key) => makeNonce(key, server, slot)));
    // The slots before, of and after this moment; a clock that was set back makes its own anew.
    for (const old of made.keys()) if (Math.abs(old - slot) > 2) made.delete(old);
    made.set(slot, texts);
    return texts;
  };
  return {
    current: async () => (await noncesOf(slotNow()))[0] ?? '',
    async isCurrent(nonce) {
      const slot = slotNow();
      // Mostly it is the first; another process's clock may be a little ahead of this one's.
      for (const near of [slot, slot - 1, slot + 1]) {
        const texts = await noncesOf(near);
        if (texts.some((text) => equalInConstantTime(text, nonce))) return true;
      }
      return false;
    },
  };
}

function makeNonce(key: Uint8Array, server: string, slot: number): Promise<string> {
  return macBase64url(key, JSON.stringify(['dpop nonce', server, slot]));
}

function requireSecret(secret: string): Uint8Array {
  if (secret.length >= MIN_SECRET_LENGTH) return new TextEncoder().encode(secret);
  throw authError(
    'config_invalid',
    `a secret of DPoP nonces needs ${MIN_SECRET_LENGTH} characters: make one by openssl rand -base64 32`,
  );
}
