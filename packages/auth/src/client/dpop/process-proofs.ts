import type { Clock } from '../../foundation/index.ts';
import { createDpopProof, type DpopRequest, generateDpopKey, type SigningKey } from '../../tokens/index.ts';

/** The key of this process and the nonces that servers gave it. Neither leaves the process. */
export interface DpopMemory {
  key?: Promise<SigningKey>;
  /** The latest nonce of each origin (RFC 9449 §8.2 and §9). */
  readonly nonces: Map<string, string>;
}

/** Proves requests by the key of this process. */
export interface ProcessProofs {
  /** @param accessToken that goes with the request */
  readonly prove: (request: DpopRequest, accessToken?: string) => Promise<string>;
  /** Keeps the nonce that an answer brings. */
  readonly learn: (url: string, answer: Response) => void;
}

/** More servers than one client calls. */
const MAX_ORIGINS = 1000;

export function createProcessProofs(memory: DpopMemory, clock: Clock): ProcessProofs {
  return {
    async prove({ method, url }, accessToken) {
      const nonce = memory.nonces.get(new URL(url).origin);
      const key = await (memory.key ??= generateDpopKey());
      return createDpopProof(key, { method, url, accessToken, nonce, clock });
    },
    learn(url, answer) {
      const nonce = answer.headers.get('dpop-nonce');
      if (nonce === null) return;
      const { nonces } = memory;
      if (nonces.size >= MAX_ORIGINS) nonces.clear();
      nonces.set(new URL(url).origin, nonce);
    },
  };
}
