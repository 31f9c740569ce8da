import { createLocalKeys, importSigningKey, type SigningKey, type VerificationKeys } from '@sso/auth/tokens';
import { messageOf } from '../foundation/error-message.ts';
import type { Store, StoredKey } from '../store/index.ts';
import { ALGORITHMS } from './first-keys.ts';
import { type JwksDocument, renderJwks } from './jwks.ts';
import type { KeySealer } from './key-sealer.ts';
import { byActivation } from './schedule.ts';

/** The published keys as one node read them. */
export interface LoadedKeys {
  readonly stored: readonly StoredKey[];
  readonly keys: ReadonlyMap<string, SigningKey>;
  /** By algorithm, the latest first. */
  readonly signers: ReadonlyMap<string, readonly Signer[]>;
  readonly verificationKeys: VerificationKeys;
  readonly jwks: JwksDocument;
  /** Grows when the published keys change. */
  readonly version: number;
  /** Keys that could not be opened: they sign nothing, verify nothing, and are not published. */
  readonly unopened: ReadonlyMap<string, string>;
}

interface Signer {
  readonly activatedAt: number;
  readonly key: SigningKey;
}

interface LoadContext {
  readonly store: Store;
  readonly sealer: KeySealer;
  readonly clock: () => number;
}

/** Reads the keys. One that is known already is not opened again. */
export async function loadKeys(
  { store, sealer, clock }: LoadContext,
  before: LoadedKeys | undefined,
): Promise<LoadedKeys> {
  const [keys, unopened] = [new Map<string, SigningKey>(), new Map<string, string>()];
  const listed = await store.listSigningKeys(clock());
  for (const { kid, sealedJwk = '' } of listed) {
    try {
      const key = before?.keys.get(kid) ?? (await importSigningKey(await sealer.open(kid, sealedJwk)));
      keys.set(kid, key);
    } catch (error) {
      unopened.set(kid, messageOf(error));
    }
  }
  const stored = listed.filter(({ kid }) => keys.has(kid));
  const signers = signersOf(stored, keys);
  const published = { keys: [...keys.values()].map(({ publicJwk }) => publicJwk) };
  const jwks = renderJwks(published);
  // The keys are the same, so the key set stays the same object: callers cache by it.
  if (before?.jwks.etag === jwks.etag) return { ...before, stored, signers, unopened };
  const version = (before?.version ?? 0) + 1;
  return { stored, keys, signers, unopened, verificationKeys: createLocalKeys(published), jwks, version };
}

function signersOf(
  stored: readonly StoredKey[],
  keys: ReadonlyMap<string, SigningKey>,
): ReadonlyMap<string, readonly Signer[]> {
  const signersFor = (alg: string) =>
    byActivation(keysOf(stored, alg)).flatMap(({ kid, activatedAt }) => {
      const key = keys.get(kid);
      return key ? [{ activatedAt, key }] : [];
    });
  return new Map(ALGORITHMS.map((alg) => [alg, signersFor(alg)]));
}

export function keysOf(stored: readonly StoredKey[], alg: string): StoredKey[] {
  return stored.filter((key) => key.alg === alg);
}

export function requireSigner({ signers }: LoadedKeys, alg: string, now: number): SigningKey {
  const signer = signers.get(alg)?.find(({ activatedAt }) => activatedAt <= now);
  if (!signer) throw new Error(`no current ${alg} key`);
  return signer.key;
}
