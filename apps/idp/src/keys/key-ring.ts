import type { SigningKey, VerificationKeys } from '@sso/auth/tokens';
import type { ObserveProvider } from '../events/provider-event.ts';
import { ALGORITHMS, createMissingKeys, type RingAlgorithm } from './first-keys.ts';
import type { JwksDocument } from './jwks.ts';
import { reportKeyChanges } from './key-events.ts';
import { keysOf, type LoadedKeys, loadKeys, requireSigner } from './loaded-keys.ts';
import { isDue, type Rotation, type RotationContext, rotateKey } from './rotation.ts';
import { resealKeys, sealEarlierKeys } from './sealed-keys.ts';

export { ALGORITHMS, type RingAlgorithm } from './first-keys.ts';

export interface KeyRing {
  /** The key that signs now. */
  signingKey(alg: RingAlgorithm): SigningKey;
  /** All published keys: next, current and retired. The version grows with every change, as caches of tokens need it. */
  readonly verificationKeys: VerificationKeys & { version(): number };
  jwks(): JwksDocument;
  /** Reads the keys again: another node or the command line may have rotated or revoked some. */
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

/**
 * Loads the ring. Seals what is not sealed by the first key yet, and creates the first keys where there are none.
 *
 * @throws Error that names a key which can't be opened, and what to do.
 */
export async function openKeyRing(context: Context): Promise<KeyRing> {
  const { clock, observe } = context;
  await sealEarlierKeys({ ...context, warn: (message) => observe({ type: 'config.warned', message }) });
  await resealKeys(context, clock());
  await Promise.all(ALGORITHMS.map((alg) => createMissingKeys(context, alg)));
  let loaded = await loadAll(context);
  let [begun, latest] = [0, 0];
  const reload = async () => {
    const number = (begun += 1);
    const found = await loadKeys(context, loaded);
    // T-39: a look that began earlier and took longer would bring back a key that was revoked in between.
    if (number < latest) return;
    latest = number;
    const before = loaded;
    loaded = found;
    reportKeyChanges(observe, before, found, clock());
  };
  const rotate = async (alg: RingAlgorithm) => {
    const rotation = await rotateKey(context, alg, keysOf(loaded.stored, alg));
    await reload();
    return rotation;
  };
  const verificationKeys: VerificationKeys = (header) => loaded.verificationKeys(header);
  return {
    signingKey: (alg) => requireSigner(loaded, alg, clock()),
    verificationKeys: Object.assign(verificationKeys, { version: () => loaded.version }),
    jwks: () => loaded.jwks,
    reload,
    rotate,
    async rotateDueKeys() {
      await reload();
      for (const alg of ALGORITHMS) {
        // Read anew for each algorithm: another node may have rotated it since.
        if (isDue(keysOf(loaded.stored, alg), clock(), context.rotationSeconds)) await rotate(alg);
      }
    },
  };
}

/** A start without one of the keys would sign with an old one, or none. */
async function loadAll(context: Context): Promise<LoadedKeys> {
  const loaded = await loadKeys(context, undefined);
  const [problem] = loaded.unopened.values();
  if (problem !== undefined) throw new Error(problem);
  return loaded;
}
