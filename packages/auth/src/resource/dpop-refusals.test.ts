import { describe, expect, it } from 'vitest';
import type { AuthEvent } from '../foundation/index.ts';
import { createMemorySingleUse } from '../session/stores/memory-stores.ts';
import { createTestIssuer } from '../testing/index.ts';
import {
  createDpopNonces,
  createDpopProof,
  type CreateDpopProofOptions,
  generateDpopKey,
} from '../tokens/index.ts';
import { createResourceServer, type ResourceDpopOptions } from './index.ts';

const issuer = await createTestIssuer();
const { clock, audience } = issuer;
const proofs = createMemorySingleUse(clock);
const nonceSecrets = ['n'.repeat(32)];
const nonces = createDpopNonces({ secrets: nonceSecrets, server: audience, clock });
const events: AuthEvent[] = [];

const away = { consume: () => Promise.reject(new Error('the store is away')) };

const handlerOf = (dpop: Partial<ResourceDpopOptions> | undefined) =>
  createResourceServer({
    issuer: issuer.issuer,
    audience,
    keys: issuer.keys.verificationKeys,
    clock,
    realm: 'things',
    observe: (event) => events.push(event),
    ...(dpop && { dpop: { publicUrl: 'https://api.example', proofs, ...dpop } }),
  }).guard((_request, { sub }) => Response.json({ sub }));
const both = handlerOf({ nonceSecrets });
const demanding = handlerOf({ nonceSecrets, required: true });
const without = handlerOf(undefined);

const key = await generateDpopKey();
const stranger = await generateDpopKey();
const bound = await issuer.accessToken({ jti: 'bound', cnf: { jkt: key.kid } });
const otherBound = await issuer.accessToken({ jti: 'other', cnf: { jkt: key.kid } });
const unbound = await issuer.accessToken({ jti: 'unbound' });

const target = { method: 'GET', url: 'https://api.example/things' };
const proofOf = async (options: Partial<CreateDpopProofOptions> = {}, signer = key) => {
  const right = { ...target, accessToken: bound, nonce: await nonces.current(), clock };
  return createDpopProof(signer, { ...right, ...options });
};

type Sent = Readonly<Record<string, string>>;
/** Proxies hand requests on to an inside address. */
const send = (handler: typeof both, headers: Sent, method = 'GET') =>
  handler(new Request('http://10.0.0.7:3000/things?page=2', { method, headers }));
const dpopHeaders = (proof: string, token = bound) => ({ authorization: `DPoP ${token}`, dpop: proof });

interface Refusal {
  readonly status?: number;
  readonly error: string;
  readonly scheme?: 'DPoP' | 'Bearer';
  readonly code: string;
}
type Row = readonly [what: string, headers: () => Promise<Sent> | Sent, refusal: Refusal];

const invalidToken = { error: 'invalid_token', code: 'token_binding' } as const;
const invalidProof = { error: 'invalid_dpop_proof', code: 'dpop_proof_invalid' } as const;
const useNonce = { error: 'use_dpop_nonce', code: 'dpop_nonce_required' } as const;

const rows: readonly Row[] = [
  [
    '§7.2 D-05 a bound token as Bearer',
    () => ({ authorization: `Bearer ${bound}` }),
    { ...invalidToken, scheme: 'Bearer' },
  ],
  [
    '§7.2 D-05 a bound token as Bearer beside a right proof',
    async () => ({ authorization: `Bearer ${bound}`, dpop: await proofOf() }),
    { ...invalidToken, scheme: 'Bearer' },
  ],
  [
    '§7.1 a token that is bound to no key',
    async () => dpopHeaders(await proofOf({ accessToken: unbound }), unbound),
    invalidToken,
  ],
  [
    '§7 D-05 a proof by another key than the token’s',
    async () => dpopHeaders(await proofOf({}, stranger)),
    invalidToken,
  ],
  ['§7 no proof', () => ({ authorization: `DPoP ${bound}` }), invalidProof],
  ['§4.3(1) two proofs', async () => dpopHeaders(`${await proofOf()}, ${await proofOf()}`), invalidProof],
  ['§4.3(2) a proof that is no JWT', () => dpopHeaders('proof'), invalidProof],
  [
    '§4.3(8) D-01 a proof of another method',
    async () => dpopHeaders(await proofOf({ method: 'POST' })),
    invalidProof,
  ],
  [
    '§4.3(9) D-01 a proof of another path',
    async () => dpopHeaders(await proofOf({ url: 'https://api.example/admin' })),
    invalidProof,
  ],
  [
    '§4.3(9) D-01 a proof of another API',
    async () => dpopHeaders(await proofOf({ url: 'https://evil.example/things' })),
    invalidProof,
  ],
  [
    '§4.3(9) D-01 a proof of the inside address',
    async () => dpopHeaders(await proofOf({ url: 'http://10.0.0.7:3000/things' })),
    invalidProof,
  ],
  [
    '§4.3(9) X-10 a proof of the host that a header names',
    async () => ({
      ...dpopHeaders(await proofOf({ url: 'https://evil.example/things' })),
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example;proto=https',
    }),
    invalidProof,
  ],
  [
    '§4.3(10) D-04 a proof without nonce',
    async () => dpopHeaders(await proofOf({ nonce: undefined })),
    useNonce,
  ],
  [
    '§4.3(10) D-04 a proof with a nonce that somebody thought of',
    async () => dpopHeaders(await proofOf({ nonce: 'n'.repeat(43) })),
    useNonce,
  ],
  [
    '§4.3(11) a proof of a minute ago',
    async () => dpopHeaders(await proofOf({ clock: () => clock() - 61 })),
    invalidProof,
  ],
  [
    '§4.3(11) a proof of later',
    async () => dpopHeaders(await proofOf({ clock: () => clock() + 11 })),
    invalidProof,
  ],
  [
    '§4.3(12) D-01 a proof without ath',
    async () => dpopHeaders(await proofOf({ accessToken: undefined })),
    invalidProof,
  ],
  [
    '§4.3(12) D-01 a proof of another token of the same key',
    async () => dpopHeaders(await proofOf({ accessToken: otherBound })),
    invalidProof,
  ],
  [
    '§7.1 T-35 a token that was changed',
    async () =>
      dpopHeaders(
        await proofOf({ accessToken: `${bound.slice(0, -9)}AAAAAAAAA` }),
        `${bound.slice(0, -9)}AAAAAAAAA`,
      ),
    { error: 'invalid_token', code: 'token_signature' },
  ],
  [
    '§7.1 T-32 two tokens',
    async () => ({ authorization: `DPoP ${bound}, DPoP ${bound}`, dpop: await proofOf() }),
    { status: 400, error: 'invalid_request', code: 'bearer_malformed' },
  ],
  [
    '§7.1 T-32 no token',
    async () => ({ authorization: 'DPoP', dpop: await proofOf() }),
    { status: 400, error: 'invalid_request', code: 'bearer_malformed' },
  ],
];

describe('an API that takes Bearer and DPoP refuses (RFC 9449)', () => {
  it.each(rows)('%s', async (_what, headers, refusal) => {
    events.length = 0;
    const response = await send(both, await headers());
    const { status = 401, error, code, scheme = 'DPoP' } = refusal;
    expect(response.status).toBe(status);
    const told = `realm="things", error="${error}", error_description="[^"]+${code}[^"]*"`;
    const algs = 'algs="ES256 EdDSA PS256 RS256"';
    expect(response.headers.get('www-authenticate')).toMatch(
      scheme === 'DPoP'
        ? new RegExp(`^Bearer realm="things", DPoP ${told}, ${algs}$`)
        : new RegExp(`^Bearer ${told}, DPoP realm="things", ${algs}$`),
    );
    expect(response.headers.get('dpop-nonce')).toBe(await nonces.current());
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(events).toEqual([expect.objectContaining({ type: 'bearer.rejected', code })]);
  });

  it('§11.1 D-03 a proof that came before, at this process or at another', async () => {
    const headers = dpopHeaders(await proofOf());
    const elsewhere = handlerOf({ nonceSecrets });
    expect((await send(both, headers)).status).toBe(200);
    for (const handler of [both, elsewhere]) {
      const response = await send(handler, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('error="invalid_dpop_proof"');
      await expect(response.json()).resolves.toHaveProperty('detail', expect.stringContaining('replayed'));
    }
  });

  it('§11.1 D-03 nine of ten requests that bring one proof at the same moment', async () => {
    const headers = dpopHeaders(await proofOf());
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(both, headers)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('F-17 everything while nobody can say whether a proof came before', async () => {
    const response = await send(handlerOf({ nonceSecrets, proofs: away }), dpopHeaders(await proofOf()));
    expect([response.status, response.headers.has('retry-after')]).toEqual([503, true]);
  });

  it('without writing into the store of proofs, whatever the reason', async () => {
    const consumed: string[] = [];
    const consume = async (name: string) => consumed.push(name) > 0;
    const handler = handlerOf({ nonceSecrets, proofs: { consume } });
    for (const [, headers] of rows) await send(handler, await headers());
    expect(consumed).toEqual([]);
  });
});

describe('an API that demands DPoP', () => {
  it('§7.2 refuses a Bearer token, and asks for DPoP alone', async () => {
    const response = await send(demanding, { authorization: `Bearer ${unbound}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(
      /^DPoP realm="things", error="invalid_token", [^,]*only/,
    );
  });

  it('§7.1 tells who sends nothing how to begin, with the first nonce', async () => {
    const response = await send(demanding, {});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      'DPoP realm="things", algs="ES256 EdDSA PS256 RS256"',
    );
    expect(response.headers.get('dpop-nonce')).toBe(await nonces.current());
  });

  it('takes a bound token with its proof', async () => {
    expect((await send(demanding, dpopHeaders(await proofOf()))).status).toBe(200);
  });
});

describe('an API that takes no bound tokens', () => {
  it('§7.2 D-05 refuses one as Bearer all the same', async () => {
    const response = await send(without, { authorization: `Bearer ${bound}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="things", error="invalid_token", /,
    );
    expect(response.headers.has('dpop-nonce')).toBe(false);
  });

  it.each([
    ['a certificate (RFC 8705 §3.1)', { 'x5t#S256': 'A'.repeat(43) }],
    ['a key that only the issuer knows how to prove', { kid: 'k' }],
    ['nothing that could be read', {}],
  ])('RFC 7800 §3.1 D-05 refuses a token bound to %s', async (_what, cnf) => {
    const authorization = `Bearer ${await issuer.accessToken({ cnf })}`;
    for (const handler of [without, both]) expect((await send(handler, { authorization })).status).toBe(401);
  });

  it.each([
    ['a text', 'key'],
    ['a jkt that is no thumbprint', { jkt: 'key' }],
    ['a jkt that is a list', { jkt: [key.kid] }],
  ])('RFC 7800 §3.1 refuses a token whose cnf is %s', async (_what, cnf) => {
    const response = await send(without, { authorization: `Bearer ${await issuer.accessToken({ cnf })}` });
    await expect(response.json()).resolves.toHaveProperty('detail', expect.stringContaining('token_claim'));
  });

  it('asks for Bearer whoever sends DPoP', async () => {
    const response = await send(without, dpopHeaders(await proofOf()));
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="things"');
  });
});

describe('an API that takes Bearer and DPoP', () => {
  it('takes each token as it was issued, and reports the key of a bound one, never the proof', async () => {
    events.length = 0;
    const proof = await proofOf();
    const answer = await send(both, { authorization: `dPoP ${bound}`, dpop: proof });
    await expect(answer.json()).resolves.toEqual({ sub: 'person-ada' });
    expect((await send(both, { authorization: `Bearer ${unbound}` })).status).toBe(200);
    expect(events).toMatchObject([
      { type: 'bearer.accepted', jti: 'bound', jkt: key.kid },
      { type: 'bearer.accepted', jti: 'unbound' },
    ]);
    expect(events[1]).not.toHaveProperty('jkt');
    expect(JSON.stringify(events)).not.toContain(proof.slice(0, 40));
  });

  it('§8.2 gives the next nonce with every answer to a proof, and with none to Bearer', async () => {
    const nonce = await nonces.current();
    expect((await send(both, dpopHeaders(await proofOf()))).headers.get('dpop-nonce')).toBe(nonce);
    expect((await send(both, { authorization: `Bearer ${unbound}` })).headers.has('dpop-nonce')).toBe(false);
  });

  it('§9 takes a proof made with the nonce of its refusal', async () => {
    const refused = await send(both, dpopHeaders(await proofOf({ nonce: undefined })));
    const nonce = refused.headers.get('dpop-nonce') ?? '';
    expect((await send(both, dpopHeaders(await proofOf({ nonce })))).status).toBe(200);
  });

  it.each([
    ['https://api.example/v1', 'http://10.0.0.7:3000/things', 'https://api.example/v1/things'],
    ['https://api.example/v1/', 'https://api.example/v1/things', 'https://api.example/v1/things'],
    ['https://api.example/thin', 'http://10.0.0.7:3000/things', 'https://api.example/thin/things'],
  ])('whose public address is %s finds %s at %s', async (publicUrl, url, htu) => {
    const handler = handlerOf({ nonceSecrets, publicUrl });
    const headers = dpopHeaders(await proofOf({ url: htu }));
    expect((await handler(new Request(url, { headers }))).status).toBe(200);
  });

  it.each([
    ['no address', { publicUrl: 'api.example' }],
    ['http', { publicUrl: 'http://api.example' }],
    ['a query', { publicUrl: 'https://api.example?a=b' }],
    ['a short secret', { nonceSecrets: ['short'] }],
    ['no secret', { nonceSecrets: [] }],
    ['no algorithm', { algorithms: [] }],
  ])('is not created with %s', (_what, dpop) => {
    expect(() => handlerOf(dpop)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });
});
