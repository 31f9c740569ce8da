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
  /** Those and keys of the past: for hints, which name somebody long after their token has expired (F-05). */
  readonly hintKeys: VerificationKeys;
  jwks(): JwksDocument;
  /** Looks for what another node or the command line rotated. */
  reload(): Promise<void>;
  /** Lets the next key take over, see {@link rotateKey}. Undefined when somebody was quicker. */
  rotate(alg: RingAlgorithm): Promise<Rotation | undefined>;
  /** Reloads, and rotates what has signed for long enough. */
  rotateDueKeys(): Promise<void>;
}

interface Context extends RotationContext {
  /** How long a key signs; 0 for as long as nobody rotates it by hand. */
  readonly rotationSeconds: number;
  readonly observe: ObserveProvider;
}

/** Loads the ring; makes the first keys where there are none. */
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
    hintKeys: (header) => loaded.hintKeys(header),
    jwks: () => loaded.jwks,
    reload,
    rotate,
    async rotateDueKeys() {
      await reload();
      for (const alg of ALGORITHMS) {
        // Looked at anew each time: another node may have rotated since.
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
  readonly hintKeys: VerificationKeys;
  readonly jwks: JwksDocument;
}

async function load({ store, clock }: Context, before: Loaded | undefined): Promise<Loaded> {
  const [stored, past] = await Promise.all([store.listSigningKeys(clock()), store.listPastKeys(clock())]);
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
  const hintKeys = createLocalKeys({ keys: [...jwks.keys, ...past] });
  // The same keys: whoever cached by key set may go on doing so.
  if (before?.jwks.etag === document.etag) return { ...before, stored, signers, hintKeys };
  return { stored, keys, signers, hintKeys, verificationKeys: createLocalKeys(jwks), jwks: document };
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

/** Every node says once that it knows of a rotation, whoever did it. */
function reportChanges({ observe }: Context, before: Loaded, after: Loaded): void {
  for (const alg of ALGORITHMS) {
    const [known] = byActivation(keysOf(before, alg));
    const [latest] = byActivation(keysOf(after, alg));
    if (latest && latest.kid !== known?.kid)
      observe({ type: 'key.rotated', alg, kid: latest.kid, signsAt: latest.activatedAt });
  }
}
