import { expect, it } from 'vitest';
import type { AuthEvent } from '../foundation/index.ts';
import { createMemorySingleUse } from '../session/stores/memory-stores.ts';
import { createTestIssuer } from '../testing/index.ts';
import { createDpopProof, generateDpopKey } from '../tokens/index.ts';
import { createResourceServer } from './index.ts';

const issuer = await createTestIssuer();
const { clock, audience } = issuer;
const key = await generateDpopKey();
const token = await issuer.accessToken({ cnf: { jkt: key.kid } });

/** Calls an API with a proof for this address, and returns what the API told of the proof. */
async function call(url: string) {
  const events: AuthEvent[] = [];
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience,
    keys: issuer.keys.verificationKeys,
    clock,
    observe: (event) => events.push(event),
    eventDetails: true,
    dpop: { publicUrl: 'https://api.example', proofs: createMemorySingleUse(clock) },
  }).guard(() => new Response());
  const proof = await createDpopProof(key, { method: 'GET', url, accessToken: token, clock });
  const headers = { authorization: `DPoP ${token}`, dpop: proof };
  await api(new Request('https://api.example/things', { headers }));
  expect(JSON.stringify(events)).not.toContain('eyJ');
  return events
    .filter((event) => event.type === 'token.checked')
    .find((event) => event.token === 'dpop-proof');
}

it('eventDetails tells each check of a DPoP proof with both values', async () => {
  const told = await call('https://api.example/things');
  expect(told?.checks.map(({ name }) => name).join(' ')).toBe(
    'form typ alg kid signature htm htu iat ath dpop nonce',
  );
  expect(told?.checks.every(({ passed }) => passed)).toBe(true);
});

it('eventDetails tells that a proof was made for another address, and which', async () => {
  const told = await call('https://api.example/others');
  expect(told).toMatchObject({ code: 'dpop_proof_invalid' });
  expect(told?.checks.at(-1)).toEqual({
    name: 'htu',
    expected: 'https://api.example/things',
    found: 'https://api.example/others',
    passed: false,
  });
});
