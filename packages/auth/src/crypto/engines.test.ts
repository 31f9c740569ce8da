import { CompactSign, compactVerify, exportJWK, flattenedDecrypt, generateKeyPair, importJWK } from 'jose';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseEngine } from './choose-engine.ts';
import { engine } from './chosen-engine.ts';
import type { CryptoEngine } from './engine.ts';
import {
  encryptText,
  isSignatureOf,
  parametersOf,
  sha256Base64url,
  type SigningAlgorithm,
  signingAlgorithms,
  signText,
} from './index.ts';

const require = createRequire(import.meta.url);
const web = chooseEngine({ crypto });
const node = chooseEngine({ crypto, process: { getBuiltinModule: (name) => require(name) } });
const engines: readonly [CryptoEngine, CryptoEngine][] = [
  [node, web],
  [web, node],
];

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
/** A text of up to 2,000 characters, many of them outside of ASCII. */
const randomText = () => String.fromCodePoint(...Array.from(randomBytes(2000), (byte) => byte * 3 + 1));
const rounds = Array.from({ length: 40 }, (_, at) => at);

describe('the engine', () => {
  it('is Node’s own where the runtime has it, and WebCrypto elsewhere', () => {
    expect([node.name, web.name]).toEqual(['node', 'web']);
    expect(engine.name).toBe(Reflect.get(process, 'getBuiltinModule') ? 'node' : 'web');
  });

  it.each<[string, unknown]>([
    ['offers no such module', undefined],
    ['offers an empty one', {}],
    ['can’t take over a CryptoKey', { ...require('node:crypto'), KeyObject: () => undefined }],
    ['has no keys of its own', { ...require('node:crypto'), KeyObject: undefined }],
    ['can’t sign', { ...require('node:crypto'), sign: undefined }],
  ])('is WebCrypto where a runtime %s', (_what, module) => {
    const getBuiltinModule = (name: string) => (name === 'node:crypto' ? module : require(name));
    expect(chooseEngine({ crypto, process: { getBuiltinModule } }).name).toBe('web');
  });
});

describe.each(signingAlgorithms)('%s', (alg) => {
  let pair: Awaited<ReturnType<typeof generateKeyPair>>;
  beforeAll(async () => {
    pair = await generateKeyPair(alg, { modulusLength: 2048, extractable: true });
  });

  it('by a key that can’t be exported verifies, whether or not the engine was told its JWK', async () => {
    const jwk = await exportJWK(pair.privateKey);
    const keys = await Promise.all([1, 2].map(() => importJWK(jwk, alg, { extractable: false })));
    const [told, untold] = keys.flatMap((key) => (key instanceof Uint8Array ? [] : [key]));
    if (!told || !untold) throw new TypeError('both keys are asymmetric');
    for (const [one, other] of engines) {
      one.adopt(told, jwk);
      for (const key of [told, untold])
        expect(await other.verify(alg, pair.publicKey, await one.sign(alg, key, 'text'), 'text')).toBe(true);
    }
  });

  it('signed by one engine verifies in the other, for random texts', async () => {
    for (const [one, other] of engines)
      for (const text of (alg.startsWith('ES') ? rounds : rounds.slice(0, 5)).map(randomText)) {
        const signature = await one.sign(alg, pair.privateKey, text);
        expect(await other.verify(alg, pair.publicKey, signature, text)).toBe(true);
        expect(await other.verify(alg, pair.publicKey, signature, `${text}.`)).toBe(false);
      }
  });

  it('with any byte of the signature changed verifies in neither', async () => {
    const signature = await node.sign(alg, pair.privateKey, 'text');
    for (const at of signature.keys()) {
      const changed = signature.with(at, (signature[at] ?? 0) ^ (1 << (at % 8)));
      for (const [one] of engines) expect(await one.verify(alg, pair.publicKey, changed, 'text')).toBe(false);
    }
  });

  it('is what jose signs and verifies', async () => {
    const payload = new TextEncoder().encode('{}');
    const jws = await new CompactSign(payload).setProtectedHeader({ alg }).sign(pair.privateKey);
    const [header = '', body = '', signature = ''] = jws.split('.');
    expect(await isSignatureOf(alg, pair.publicKey, signature, `${header}.${body}`)).toBe(true);
    const own = await signText(alg, pair.privateKey, `${header}.${body}`);
    await expect(compactVerify(`${header}.${body}.${own}`, pair.publicKey)).resolves.toBeDefined();
  });

  it('takes no key of another algorithm, and no public key to sign', async () => {
    for (const other of signingAlgorithms.filter((name) => name !== alg)) {
      await expect(signText(other, pair.privateKey, 'text')).rejects.toThrow(/not one to sign/);
      await expect(isSignatureOf(other, pair.publicKey, 'AAAA', 'text')).rejects.toThrow(/not one to verify/);
    }
    await expect(signText(alg, pair.publicKey, 'text')).rejects.toThrow(/not one to sign/);
  });
});

/** Leading zeros, the highest bit, and numbers that no signature has (psychic signatures, CVE-2022-21449). */
const halves = ['00', '0001', '007f', '0080', '80', 'ff', '7f'];

describe.each<SigningAlgorithm>(['ES256', 'ES384', 'ES512'])('T-31 %s', (alg) => {
  it.each(halves.flatMap((r) => halves.map((s) => [r, s] as const)))(
    'R %s… and S %s… are refused by both engines, and crash neither',
    async (r, s) => {
      const { publicKey } = await generateKeyPair(alg);
      const { signatureBytes = 0 } = parametersOf(alg);
      const fill = (hex: string) =>
        Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(99)]).subarray(0, signatureBytes / 2);
      const signature = new Uint8Array(Buffer.concat([fill(r), fill(s)]));
      for (const [one] of engines) expect(await one.verify(alg, publicKey, signature, 'text')).toBe(false);
    },
  );
});

describe('a MAC', () => {
  it('is that of RFC 4231 §4.2 in both engines', async () => {
    const key = new Uint8Array(20).fill(0x0b);
    const hex = 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7';
    for (const one of [node, web])
      expect(Buffer.from(await one.mac(key, 'Hi There')).toString('hex')).toBe(hex);
  });
});

describe('encryption', () => {
  it('by one engine opens in the other, for random lengths', async () => {
    for (const [one, other] of engines)
      for (const length of rounds) {
        const [key, iv, plain] = [randomBytes(32), randomBytes(12), randomBytes(length * length)];
        const sealed = await one.encrypt(key, iv, plain, 'purpose');
        expect(new Uint8Array(await other.decrypt(key, sealed, 'purpose'))).toEqual(plain);
        await expect((async () => other.decrypt(key, sealed, 'another'))()).rejects.toBeInstanceOf(Error);
      }
  });

  it('of a megabyte opens in both, as a session store may hold', async () => {
    const [key, iv, plain] = [randomBytes(32), randomBytes(12), new Uint8Array(2 ** 20)];
    for (const [one, other] of engines)
      expect(await other.decrypt(key, await one.encrypt(key, iv, plain, ''), '')).toHaveLength(plain.length);
  });

  it('is JWE’s A256GCM: jose opens it', async () => {
    const key = randomBytes(32);
    const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM' })).toString('base64url');
    const jwe = { protected: header, ...(await encryptText(key, 'text \u2764', header)) };
    const { plaintext } = await flattenedDecrypt(jwe, key);
    expect(new TextDecoder().decode(plaintext)).toBe('text \u2764');
  });
});

it('both engines write and hash alike', async () => {
  for (const text of rounds.map(randomText)) {
    const bytes = new TextEncoder().encode(text);
    const written = node.toBase64url(bytes);
    expect(written).toBe(web.toBase64url(bytes));
    expect(new Uint8Array(node.fromBase64url(written))).toEqual(web.fromBase64url(written));
    for (const hash of ['SHA-256', 'SHA-384', 'SHA-512'] as const)
      expect(new Uint8Array(await node.digest(hash, text))).toEqual(await web.digest(hash, text));
  }
});

it('SHA-256 is that of FIPS 180-4', async () => {
  await expect(sha256Base64url('abc')).resolves.toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});
