import { createHash } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader, type JWK } from 'jose';

/** Seals private signing keys, so that the database alone signs nothing. */
export interface KeySealer {
  seal(privateJwk: JWK): Promise<string>;
  /**
   * The private key of that `kid`. Whoever writes to the database can neither make one nor give it another name.
   *
   * @throws Error that says whether a key is missing or the seal is broken.
   */
  open(kid: string, sealed: string): Promise<JWK>;
  /** Whether the first key sealed it. */
  isNewest(sealed: string): boolean;
}

/** What a seal is for: a text that was sealed for anything else does not open here. */
const TYPE = 'signing-key';
const HEADER = { alg: 'dir', enc: 'A256GCM', typ: TYPE } as const;

/**
 * A sealer over a ring of keys of 32 bytes: compact JWE (RFC 7516) with `dir` and `A256GCM`. The first key seals, all
 * open; the seal's `kid` tells which one did.
 */
export function createKeySealer(keys: readonly [Uint8Array, ...Uint8Array[]]): KeySealer {
  const [newest] = keys;
  const ring = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    seal: (privateJwk) =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateJwk)))
        .setProtectedHeader({ ...HEADER, kid: nameOf(newest) })
        .encrypt(newest),
    async open(kid, sealed) {
      const name = sealedBy(sealed);
      const key = ring.get(name ?? '');
      if (!key) throw new Error(missing(kid, name));
      const privateJwk = await decrypt(sealed, key).catch((cause: unknown) => {
        throw new Error(broken(kid), { cause });
      });
      if (privateJwk.kid !== kid) throw new Error(broken(kid));
      return privateJwk;
    },
    isNewest: (sealed) => sealedBy(sealed) === nameOf(newest),
  };
}

/** Enough to tell keys apart, and nothing that helps to find one. */
function nameOf(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 8);
}

function sealedBy(sealed: string): string | undefined {
  try {
    return decodeProtectedHeader(sealed).kid;
  } catch {
    return undefined;
  }
}

async function decrypt(sealed: string, key: Uint8Array): Promise<JWK> {
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: [HEADER.alg],
    contentEncryptionAlgorithms: [HEADER.enc],
  });
  if (protectedHeader.typ !== TYPE) throw new Error('sealed for something else');
  const privateJwk: JWK = JSON.parse(new TextDecoder().decode(plaintext));
  return privateJwk;
}

const AS_A_LAST_RESORT = 'if it is lost, revoke the signing keys: pnpm idp keys revoke --all';

function missing(kid: string, name: string | undefined): string {
  const which = name !== undefined && /^[\w-]{1,16}$/.test(name) ? ` (${name})` : '';
  return `The signing key ${kid} can't be opened: the key that sealed it${which} is not among the KEY_ENCRYPTION_KEYS. Add it behind the first one; ${AS_A_LAST_RESORT}`;
}

function broken(kid: string): string {
  return `The signing key ${kid} can't be opened: its seal is broken. Restore the database from a backup, or revoke the key: pnpm idp keys revoke ${kid}`;
}
