import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  type SigningAlgorithm,
  type SigningKey,
  type VerificationKeys,
} from '@sso/auth/tokens';
import type { Store, StoredKey } from '../store/index.ts';
import { type JwksDocument, renderJwks } from './jwks.ts';

/** The algorithms this provider signs with; each has a ring of its own. */
export const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const satisfies readonly SigningAlgorithm[];
export type RingAlgorithm = (typeof ALGORITHMS)[number];

export interface KeyRing {
  /** The key that signs now. */
  signingKey(alg: RingAlgorithm): SigningKey;
  /** All published keys: next, current and retired. */
  readonly verificationKeys: VerificationKeys;
  jwks(): JwksDocument;
  /** Looks for what another node or the command line rotated. */
  reload(): Promise<void>;
  /** Puts the next key in the current one's place and prepares a new next. False when somebody was quicker. */
  rotate(alg: RingAlgorithm): Promise<boolean>;
}

interface Context {
  readonly store: Store;
  readonly clock: () => number;
  /** How long a retired key stays published: the longest life of what it signed, and the nodes' reload time. */
  readonly publishSeconds: number;
}

/** Loads the ring; makes the first keys where there are none. */
export async function openKeyRing(context: Context): Promise<KeyRing> {
  await Promise.all(ALGORITHMS.map((alg) => ensureKeys(context, alg)));
  let loaded = await load(context);
  const reload = async () => {
    loaded = await load(context);
  };
  return {
    signingKey: (alg) => requireCurrent(loaded, alg),
    verificationKeys: (header) => loaded.verificationKeys(header),
    jwks: () => loaded.jwks,
    reload,
    async rotate(alg) {
      const rotated = await rotate(context, alg);
      await reload();
      return rotated;
    },
  };
}

interface Loaded {
  readonly stored: readonly StoredKey[];
  readonly current: ReadonlyMap<string, SigningKey>;
  readonly verificationKeys: VerificationKeys;
  readonly jwks: JwksDocument;
}

async function load({ store, clock }: Context): Promise<Loaded> {
  const stored = await store.listSigningKeys(clock());
  const keys = await Promise.all(stored.map(({ privateJwk }) => importSigningKey(privateJwk)));
  const current = stored.flatMap(({ alg, state }, index) => {
    const key = keys[index];
    return state === 'current' && key ? [[alg, key] as const] : [];
  });
  const jwks = { keys: keys.map(({ publicJwk }) => publicJwk) };
  return {
    stored,
    current: new Map(current),
    verificationKeys: createLocalKeys(jwks),
    jwks: renderJwks(jwks),
  };
}

function requireCurrent({ current }: Loaded, alg: string): SigningKey {
  const key = current.get(alg);
  if (!key) throw new Error(`no current ${alg} key`);
  return key;
}

async function ensureKeys({ store, clock }: Context, alg: RingAlgorithm): Promise<void> {
  const now = clock();
  const known = await store.listSigningKeys(now);
  if (known.some((key) => key.alg === alg)) return;
  const [current, next] = await Promise.all([generateSigningJwk(alg), generateSigningJwk(alg)]);
  const key = (privateJwk: typeof current, state: 'current' | 'next'): StoredKey => ({
    kid: requireKid(privateJwk.kid),
    alg,
    state,
    privateJwk,
    createdAt: now,
    activatedAt: state === 'current' ? now : undefined,
    publishedUntil: undefined,
  });
  await store.addFirstKeys(alg, [key(current, 'current'), key(next, 'next')]);
}

async function rotate(context: Context, alg: RingAlgorithm): Promise<boolean> {
  const { store, clock, publishSeconds } = context;
  const now = clock();
  const next = (await store.listSigningKeys(now)).find((key) => key.alg === alg && key.state === 'next');
  if (!next) throw new Error(`no next ${alg} key`);
  const privateJwk = await generateSigningJwk(alg);
  const newKey = { kid: requireKid(privateJwk.kid), privateJwk };
  return store.rotateSigningKey({
    alg,
    nextKid: next.kid,
    newKey,
    now,
    publishedUntil: now + publishSeconds,
  });
}

function requireKid(kid: string | undefined): string {
  if (kid === undefined) throw new Error('a key without kid');
  return kid;
}
