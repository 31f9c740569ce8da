import {
  createDpopProof,
  type CreateDpopProofOptions,
  generateDpopKey,
  type SigningKey,
} from '../../../tokens/index.ts';
import {
  ACCESS_TOKEN,
  exchange,
  type IssuerRow,
  listOf,
  requireAccessToken,
  requireEqual,
  requireError,
} from './checks.ts';
import { type RawRelyingParty, type Reply, textOf } from './raw-relying-party.ts';

type ProofChange = Partial<CreateDpopProofOptions>;

/** A token request of the first client with a proof, made anew where the provider wants its nonce first (RFC 9449 §8). */
async function sendProved(
  rp: RawRelyingParty,
  key: SigningKey,
  form: Record<string, string>,
  change: ProofChange = {},
): Promise<Reply> {
  const ask = async (nonce?: string) =>
    sendWith(rp, form, await proofOf(rp, key, { ...(nonce !== undefined && { nonce }), ...change }));
  const first = await ask();
  const nonce = first.headers.get('dpop-nonce');
  return first.body['error'] === 'use_dpop_nonce' && nonce !== null ? ask(nonce) : first;
}

const proofOf = async (rp: RawRelyingParty, key: SigningKey, change: ProofChange = {}) =>
  createDpopProof(key, {
    method: 'POST',
    url: await rp.endpoint('token_endpoint'),
    clock: rp.provider.clock,
    ...change,
  });

function sendWith(rp: RawRelyingParty, form: Record<string, string>, dpop: string): Promise<Reply> {
  const [{ clientId, clientSecret }] = rp.provider.clients;
  const authorization = `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
  return rp.send('token_endpoint', form, { authorization, dpop });
}

const exchangeForm = (token: unknown, resource: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token: textOf(token),
  subject_token_type: ACCESS_TOKEN,
  resource,
});

async function requireBound(rp: RawRelyingParty, reply: Reply, audience: string, key: SigningKey) {
  requireEqual(reply.status, 200, `status (${textOf(reply.body['error'])})`);
  requireEqual(reply.body['token_type'], 'DPoP', 'token_type');
  requireEqual((await requireAccessToken(rp, reply.body, audience)).cnf?.jkt, key.kid, 'cnf.jkt');
}

/** What a provider does that supports DPoP (RFC 9449), for a confidential client that is not registered for bound tokens only. */
export const dpopContract: readonly IssuerRow[] = [
  [
    '§5.1 discovery lists asymmetric algorithms of proofs, ES256 among them',
    async (rp) => {
      const algorithms = listOf(await rp.metadata(), 'dpop_signing_alg_values_supported');
      requireEqual(algorithms.includes('ES256'), true, 'ES256');
      requireEqual(
        algorithms.some((alg) => /^(none|HS\d+)$/.test(String(alg))),
        false,
        'a symmetric one',
      );
    },
  ],
  [
    '§5 a token request without a proof gets a Bearer token, bound to nothing',
    async (rp) => {
      const { tokens } = await rp.login();
      requireEqual(tokens['token_type'], 'Bearer', 'token_type');
      const claims = await requireAccessToken(rp, tokens, rp.provider.audiences[0]);
      requireEqual('cnf' in claims, false, 'cnf');
    },
  ],
  [
    '§5 an exchange with a proof gives a token bound to the key that was proved, whoever’s key it is',
    async (rp) => {
      const { tokens } = await rp.login();
      const [, other] = rp.provider.audiences;
      for (const key of [await generateDpopKey(), await generateDpopKey()]) {
        const form = exchangeForm(tokens['access_token'], other);
        await requireBound(rp, await sendProved(rp, key, form), other, key);
      }
    },
  ],
  [
    '§5 a refresh with a proof binds the new access token, and the next one to another key: the refresh token stays the client’s',
    async (rp) => {
      let refreshToken = (await rp.login()).tokens['refresh_token'];
      for (const key of [await generateDpopKey(), await generateDpopKey()]) {
        const form = { grant_type: 'refresh_token', refresh_token: textOf(refreshToken) };
        const reply = await sendProved(rp, key, form);
        await requireBound(rp, reply, rp.provider.audiences[0], key);
        refreshToken = reply.body['refresh_token'];
      }
      requireEqual(
        (await rp.refresh(refreshToken)).body['token_type'],
        'Bearer',
        'token_type without a proof',
      );
    },
  ],
  [
    '§4.3 D-01 a proof of another method, address or time is invalid_dpop_proof',
    async (rp) => {
      const { tokens } = await rp.login();
      const { issuer, audiences, clock } = rp.provider;
      const form = exchangeForm(tokens['access_token'], audiences[1]);
      const key = await generateDpopKey();
      const changes: readonly ProofChange[] = [
        { method: 'GET' },
        { url: `${issuer.replace(/\/$/, '')}/elsewhere` },
        { clock: () => clock() - 3600 },
        { clock: () => clock() + 3600 },
      ];
      for (const change of changes)
        requireError(await sendProved(rp, key, form, change), 'invalid_dpop_proof');
      requireError(await sendWith(rp, form, 'a.b.c'), 'invalid_dpop_proof');
    },
  ],
  [
    '§11.1 D-03 a proof that came before is invalid_dpop_proof',
    async (rp) => {
      const { tokens } = await rp.login();
      const form = exchangeForm(tokens['access_token'], rp.provider.audiences[1]);
      const key = await generateDpopKey();
      const begun = await sendWith(rp, form, await proofOf(rp, key));
      const nonce = begun.headers.get('dpop-nonce') ?? undefined;
      const proof = await proofOf(rp, key, { nonce });
      requireEqual((await sendWith(rp, form, proof)).status, 200, 'status');
      requireError(await sendWith(rp, form, proof), 'invalid_dpop_proof');
    },
  ],
  [
    '§7.2 D-05 userinfo refuses a bound token as Bearer',
    async (rp) => {
      const { tokens } = await rp.login();
      const form = {
        grant_type: 'refresh_token',
        refresh_token: textOf(tokens['refresh_token']),
        resource: rp.provider.issuer,
      };
      const key = await generateDpopKey();
      const bound = await sendProved(rp, key, form);
      await requireBound(rp, bound, rp.provider.issuer, key);
      requireEqual((await rp.userinfo(bound.body['access_token'])).status, 401, 'status as Bearer');
    },
  ],
  [
    '§5 T-40 a bound token of another audience is exchanged no further, proof or not',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own, other] = rp.provider.audiences;
      const key = await generateDpopKey();
      const { body } = await sendProved(rp, key, exchangeForm(tokens['access_token'], other));
      requireError(await exchange(rp, body['access_token'], own), 'invalid_request');
      requireError(await sendProved(rp, key, exchangeForm(body['access_token'], own)), 'invalid_request');
    },
  ],
];
