import { createLocalKeys, importSigningKey, type SigningKey, type VerificationKeys } from '@sso/auth/tokens';
import type { ObserveProvider } from '../events/provider-event.ts';
import type { StoredKey } from '../store/index.ts';
import { ALGORITHMS, createMissingKeys, type RingAlgorithm } from './first-keys.ts';
import { type JwksDocument, renderJwks } from './jwks.ts';
import { isDue, type Rotation, type RotationContext, rotateKey } from './rotation.ts';
import { byActivation } from './schedule.ts';

export { ALGORITHMS, type RingAlgorithm } from './first-keys.ts';

export interface KeyRing {
  /** The key that signs now. */
  signingKey(alg: RingAlgorithm): SigningKey;
  /** All published keys: next, current and retired. */
  readonly verificationKeys: VerificationKeys;
  jwks(): JwksDocument;
  /** Reads the keys again: another node or the command line may have rotated them. */
  reload(): Promise<void>;
  /** Puts the next key in the signing key's place, see {@link rotateKey}. Undefined when another node was quicker. */
  rotate(alg: RingAlgorithm): Promise<Rotation | undefined>;
  /** Reloads, and rotates each key that has signed for its whole period. */
  rotateDueKeys(): Promise<void>;
}

interface Context extends RotationContext {
  /** How long a key signs; 0 for as long as nobody rotates it by hand. */
  readonly rotationSeconds: number;
  readonly observe: ObserveProvider;
}

/** Loads the ring, and creates the first keys where there are none. */
export async function openKeyRing(context: Context): Promise<KeyRing> {
  const { clock } = context;
  await Promise.all(ALGORITHMS.map((alg) => createMissingKeys(context, alg)));
  let loaded = await load(context, undefined);
  const reload = async () => {
    const before = loaded;
    loaded = await load(context, before);
    reportChanges(context, before, loaded);
  };
  const rotate = async (alg: RingAlgorithm) => {
    const rotation = await rotateKey(context, alg, keysOf(loaded, alg));
    await reload();
    return rotation;
  };
  return {
    signingKey: (alg) => requireSigner(loaded, alg, clock()),
    verificationKeys: (header) => loaded.verificationKeys(header),
    jwks: () => loaded.jwks,
    reload,
    rotate,
    async rotateDueKeys() {
      await reload();
      for (const alg of ALGORITHMS) {
        // Read anew for each algorithm: another node may have rotated it since.
        if (isDue(keysOf(loaded, alg), clock(), context.rotationSeconds)) await rotate(alg);
      }
    },
  };
}

interface Signer {
  readonly activatedAt: number;
  readonly key: SigningKey;
}

interface Loaded {
  readonly stored: readonly StoredKey[];
  readonly keys: ReadonlyMap<string, SigningKey>;
  /** By algorithm, the latest first. */
  readonly signers: ReadonlyMap<string, readonly Signer[]>;
  readonly verificationKeys: VerificationKeys;
  readonly jwks: JwksDocument;
}

async function load({ store, clock }: Context, before: Loaded | undefined): Promise<Loaded> {
  const stored = await store.listSigningKeys(clock());
  const imported = await Promise.all(
    stored.map(
      async ({ kid, privateJwk }) =>
        [kid, before?.keys.get(kid) ?? (await importSigningKey(privateJwk))] as const,
    ),
  );
  const keys = new Map(imported);
  const signers = signersOf(stored, keys);
  const jwks = { keys: imported.map(([, { publicJwk }]) => publicJwk) };
  const document = renderJwks(jwks);
  // The keys are the same, so the key set stays the same object: callers cache by it.
  if (before?.jwks.etag === document.etag) return { ...before, stored, signers };
  return { stored, keys, signers, verificationKeys: createLocalKeys(jwks), jwks: document };
}

function signersOf(
  stored: readonly StoredKey[],
  keys: ReadonlyMap<string, SigningKey>,
): ReadonlyMap<string, readonly Signer[]> {
  const signersFor = (alg: string) =>
    byActivation(keysOf({ stored }, alg)).flatMap(({ kid, activatedAt }) => {
      const key = keys.get(kid);
      return key ? [{ activatedAt, key }] : [];
    });
  return new Map(ALGORITHMS.map((alg) => [alg, signersFor(alg)]));
}

function keysOf({ stored }: Pick<Loaded, 'stored'>, alg: string): StoredKey[] {
  return stored.filter((key) => key.alg === alg);
}

function requireSigner({ signers }: Loaded, alg: string, now: number): SigningKey {
  const signer = signers.get(alg)?.find(({ activatedAt }) => activatedAt <= now);
  if (!signer) throw new Error(`no current ${alg} key`);
  return signer.key;
}

/** Reports a rotation once on every node, whichever node did it. */
function reportChanges({ observe }: Context, before: Loaded, after: Loaded): void {
  for (const alg of ALGORITHMS) {
    const [known] = byActivation(keysOf(before, alg));
    const [latest] = byActivation(keysOf(after, alg));
    if (latest && latest.kid !== known?.kid)
      observe({ type: 'key.rotated', alg, kid: latest.kid, signsAt: latest.activatedAt });
  }
}
