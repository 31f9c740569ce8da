import { describe, expect, it } from 'vitest';
import { createMemorySingleUse } from '../../session/stores/memory-stores.ts';
import { consumeDpopProof, type DpopProof } from '../index.ts';

const NOW = 1_800_000_000;
const proof: DpopProof = {
  jti: 'jti-1',
  iat: NOW,
  jkt: 'key-1',
  htm: 'GET',
  htu: 'https://api.example/orders',
  nonce: undefined,
  usableUntil: NOW + 90,
};

describe('consumeDpopProof (RFC 9449 §11.1)', () => {
  it('D-03 lets a proof count once, though ten requests bring it at the same moment', async () => {
    const store = createMemorySingleUse(() => NOW);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => consumeDpopProof(store, proof)),
    );
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals).toHaveLength(9);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'dpop_proof_replayed' });
  });

  it.each<readonly [what: string, other: Partial<DpopProof>]>([
    ['jti', { jti: 'jti-2' }],
    ['key', { jkt: 'key-2' }],
    ['method', { htm: 'POST' }],
    ['address', { htu: 'https://api.example/cart' }],
  ])('takes a proof of another %s for another one', async (_what, other) => {
    const store = createMemorySingleUse(() => NOW);
    await consumeDpopProof(store, proof);
    await expect(consumeDpopProof(store, { ...proof, ...other })).resolves.toBeUndefined();
  });

  it('remembers it for as long as it could be sent again, and gives the store nothing of it but a hash', async () => {
    const calls: (readonly [string, number])[] = [];
    await consumeDpopProof({ consume: async (...call) => calls.push(call) > 0 }, proof);
    expect(calls).toEqual([[expect.stringMatching(/^[\w-]{43}$/), NOW + 90]]);
  });
});
