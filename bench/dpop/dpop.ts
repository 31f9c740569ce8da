import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSignatureOf, signText } from '../../packages/auth/src/crypto/index.ts';
import { type ApiRequest, createResourceServer } from '../../packages/auth/src/resource/index.ts';
import { createTestIssuer, type TestIssuer } from '../../packages/auth/src/testing/index.ts';
import {
  createDpopNonces,
  createDpopProof,
  createLocalKeys,
  type DpopProofStore,
  generateDpopKey,
} from '../../packages/auth/src/tokens/index.ts';
import {
  authMigrations,
  createAuthStores,
  openSiteDatabase,
} from '../../packages/site/src/database/index.ts';
import type { Bench } from '../bench.ts';
import { toTable } from '../table.ts';

const ROUNDS = 7;
const CALLS = 1000;
/** What a proof may cost, in verifications of one signature. */
const GOAL = 1.2;

const url = 'https://api.example/things';
const nonceSecrets = ['n'.repeat(32)];
/** Takes every proof, and remembers none: the figures beside are without the write. */
const forgetful: DpopProofStore = { consume: async () => true };

/** Prepares calls, then does them one after the other. */
type Contender = () => Promise<readonly (() => Promise<unknown>)[]>;

export const dpop: Bench = {
  name: 'dpop',
  what: 'a call with a token bound to a key, beside Bearer, no check, and one verification of a signature',
  async run(print) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-dpop-'));
    const file = join(folder, 'db');
    const database = await openSiteDatabase({ site: 'bench', file, migrations: authMigrations });
    const issuer = await createTestIssuer();
    const { spent } = createAuthStores(async () => database, issuer.clock);
    const contenders: Readonly<Record<string, Contender>> = {
      'no check': async () => repeat(async () => undefined),
      'one ES256 verification': verifications,
      Bearer: () => bearerCalls(issuer),
      DPoP: () => dpopCalls(issuer, forgetful),
      'DPoP, proofs remembered in a SQLite file': () => dpopCalls(issuer, spent),
    };
    const figures = await measure(contenders, print);
    await database.destroy();
    rmSync(folder, { recursive: true });
    return report(figures);
  },
};

/** Rounds take turns, so that a busy moment of the machine meets all alike. */
async function measure(
  contenders: Readonly<Record<string, Contender>>,
  print: (line: string) => void,
): Promise<ReadonlyMap<string, number>> {
  const rounds = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    print(`round ${round + 1} of ${ROUNDS} …`);
    for (const [name, prepare] of Object.entries(contenders)) {
      const calls = await prepare();
      const began = performance.now();
      for (const call of calls) await call();
      const microseconds = ((performance.now() - began) / calls.length) * 1000;
      rounds.set(name, [...(rounds.get(name) ?? []), microseconds]);
    }
  }
  return new Map([...rounds].map(([name, times]) => [name, median(times)]));
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const repeat = (call: () => Promise<unknown>) => Array.from({ length: CALLS }, () => call);

async function verifications() {
  const { alg, privateKey, publicJwk } = await generateDpopKey();
  const key = await createLocalKeys({ keys: [publicJwk] })({ alg });
  // As long as a proof is.
  const text = 'a'.repeat(600);
  const signature = await signText(alg, privateKey, text);
  return repeat(() => isSignatureOf(alg, key, signature, text));
}

function openApi(issuer: TestIssuer, proofs: DpopProofStore) {
  const { audience, clock, keys } = issuer;
  return createResourceServer({
    issuer: issuer.issuer,
    audience,
    clock,
    keys: keys.verificationKeys,
    dpop: { publicUrl: 'https://api.example', proofs, nonceSecrets },
  });
}

async function bearerCalls(issuer: TestIssuer) {
  const api = openApi(issuer, forgetful);
  const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken()}` });
  const request: ApiRequest = { method: 'GET', url, headers };
  await api.authenticate(request);
  return repeat(() => api.authenticate(request));
}

/** One token that was seen before, and a proof for each call. */
async function dpopCalls(issuer: TestIssuer, proofs: DpopProofStore) {
  const api = openApi(issuer, proofs);
  const { audience, clock } = issuer;
  const key = await generateDpopKey();
  const nonce = await createDpopNonces({ secrets: nonceSecrets, server: audience, clock }).current();
  const accessToken = await issuer.accessToken({ cnf: { jkt: key.kid } });
  const send = async () => {
    const dpopProof = await createDpopProof(key, { method: 'GET', url, accessToken, nonce, clock });
    const headers = new Headers({ authorization: `DPoP ${accessToken}`, dpop: dpopProof });
    const request: ApiRequest = { method: 'GET', url, headers };
    return () => api.authenticate(request);
  };
  const [first, ...calls] = await Promise.all(Array.from({ length: CALLS + 1 }, send));
  await first?.();
  return calls;
}

function report(figures: ReadonlyMap<string, number>): string {
  const of = (name: string) => figures.get(name) ?? Number.NaN;
  const proof = (of('DPoP') - of('Bearer')) / of('one ES256 verification');
  const write = of('DPoP, proofs remembered in a SQLite file') - of('DPoP');
  const rows = [...figures].map(([name, microseconds]) => [name, microseconds.toFixed(1)]);
  return [
    toTable(['call', 'µs'], rows),
    '',
    toTable(
      ['goal', 'aimed at', 'measured', 'reached'],
      [['a proof costs', `${GOAL} verifications`, proof.toFixed(2), proof <= GOAL ? 'yes' : 'no']],
    ),
    '',
    `Remembering a proof costs ${write.toFixed(0)} µs beside that.`,
  ].join('\n');
}
