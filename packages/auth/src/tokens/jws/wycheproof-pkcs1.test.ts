import { describe, expect, it } from 'vitest';
import { signAccessToken } from '../index.ts';
import {
  createRawRsa,
  fromHex,
  RSA_BYTES,
  toBytes,
  toHex,
  type RawSignature,
} from '../../testing/forgeries/raw-rsa-signature.ts';

// The ideas of Wycheproof's rsa_signature vectors (ModifiedPadding, InvalidSignature), signed here.

const rsa = await createRawRsa();
const { n, signBlock, tokenOf, claims } = rsa;
const verify = (token: string) => rsa.verify(token, ['RS256']);
const hashOf = async (input: Uint8Array<ArrayBuffer>) =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', input)));

/** DigestInfo of SHA-256 (RFC 8017 §9.2), its hash to come. */
const INFO = '3031 300d 0609 608648016503040201 0500 0420';

/** EMSA-PKCS1-v1_5: `start`, FF as often as it takes, 00, then the text. */
function pkcs1(text: string, { start = '0001', fill = 'ff', separator = '00', rest = '', count = -1 } = {}) {
  const [head, tail] = [fromHex(start), fromHex(separator + text)];
  const room = RSA_BYTES - head.length - tail.length;
  const padding = fill.repeat(count < 0 ? room - fromHex(rest).length : count);
  return fromHex(`${start}${padding}${separator}${text}${rest.padEnd(2 * RSA_BYTES, '0')}`).slice(
    0,
    RSA_BYTES,
  );
}

type Pkcs1Row = readonly [what: string, block: (hash: string) => Uint8Array];

const infoRows: readonly Pkcs1Row[] = (
  [
    ['the sequence’s length in long form', '308131 300d 0609 608648016503040201 0500 0420'],
    ['the sequence’s length with a leading zero', '30820031 300d 0609 608648016503040201 0500 0420'],
    ['the inner sequence’s length in long form', '3032 30810d 0609 608648016503040201 0500 0420'],
    ['the OID’s length in long form', '3032 300e 068109 608648016503040201 0500 0420'],
    ['the NULL’s length in long form', '3032 300e 0609 608648016503040201 058100 0420'],
    ['the hash’s length in long form', '3032 300d 0609 608648016503040201 0500 048120'],
    ['a length one too small', '3030 300d 0609 608648016503040201 0500 0420'],
    ['a length one too large', '3032 300d 0609 608648016503040201 0500 0420'],
    ['a length of 2^32 + 49', '30850100000031 300d 0609 608648016503040201 0500 0420'],
    ['an inner length of 2^31 - 1', '3035 30847fffffff 0609 608648016503040201 0500 0420'],
    ['the hash’s length 0', '3031 300d 0609 608648016503040201 0500 0400'],
    ['the hash’s length 31', '3031 300d 0609 608648016503040201 0500 041f'],
    ['no NULL', '302f 300b 0609 608648016503040201 0420'],
    ['another tag for NULL', '3031 300d 0609 608648016503040201 0400 0420'],
    ['a NULL with content', '3032 300e 0609 608648016503040201 050100 0420'],
    ['NULL twice', '3033 300f 0609 608648016503040201 05000500 0420'],
    ['a sequence in place of NULL', '3031 300d 0609 608648016503040201 3000 0420'],
    ['the OID of SHA-384', '3031 300d 0609 608648016503040202 0500 0420'],
    ['the OID of SHA-512', '3031 300d 0609 608648016503040203 0500 0420'],
    ['a wrong first digit of the OID', '3031 300d 0609 618648016503040201 0500 0420'],
    ['a wrong last digit of the OID', '3031 300d 0609 608648016503040281 0500 0420'],
    ['a longer OID', '3032 300e 060a 60864801650304020100 0500 0420'],
    ['an empty OID', '3028 3004 0600 0500 0420'],
    ['no algorithm', '3022 0420'],
    ['no DigestInfo', ''],
    ['the tag of a set', '3131 310d 0609 608648016503040201 0500 0420'],
    ['the hash as a bit string', '3032 300d 0609 608648016503040201 0500 032100'],
  ] as const
).map(([what, info]) => [what, (hash) => pkcs1(info + hash)]);

const blockRows: readonly Pkcs1Row[] = [
  ['indefinite length', (hash) => pkcs1(`3080 300d 0609 608648016503040201 0500 0420${hash}0000`)],
  ['inner indefinite length', (hash) => pkcs1(`3033 3080 0609 608648016503040201 0500 0000 0420${hash}`)],
  ['garbage in the sequence', (hash) => pkcs1(`3033 300d 0609 608648016503040201 0500 0420${hash}0500`)],
  ['garbage behind the hash', (hash) => pkcs1(INFO + hash, { rest: 'c0ffee' })],
  ['zeros behind the hash', (hash) => pkcs1(INFO + hash, { rest: '0000' })],
  ['no padding and garbage behind the hash', (hash) => pkcs1(INFO + hash, { count: 0, rest: 'c0ffee' })],
  ['7 bytes of padding (Bleichenbacher 2006)', (hash) => pkcs1(INFO + hash, { count: 7, rest: 'c0ffee' })],
  ['8 bytes of padding', (hash) => pkcs1(INFO + hash, { count: 8, rest: 'c0ffee' })],
  ['block type 00', (hash) => pkcs1(INFO + hash, { start: '0000', fill: '00' })],
  ['block type 02', (hash) => pkcs1(INFO + hash, { start: '0002' })],
  ['a first byte 01', (hash) => pkcs1(INFO + hash, { start: '0101' })],
  ['one byte of padding 00', (hash) => pkcs1(INFO + hash, { start: '0001ffffffffffffffff00' })],
  ['one byte of padding FE', (hash) => pkcs1(INFO + hash, { start: '0001fe' })],
  ['padding of zeros', (hash) => pkcs1(INFO + hash, { fill: '00' })],
  ['no separator', (hash) => pkcs1(INFO + hash, { separator: '' })],
  ['separator FF', (hash) => pkcs1(INFO + hash, { separator: 'ff' })],
  ['the hash cut short', (hash) => pkcs1(INFO + hash.slice(2))],
  ['another hash', (hash) => pkcs1(INFO + hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))],
  ['the hash of SHA-512’s length', (hash) => pkcs1(INFO.replace(/20$/, '40') + hash + hash)],
];

type SignatureRow = readonly [what: string, change: (right: bigint) => RawSignature];

const signatureRows: readonly SignatureRow[] = [
  ['0', () => 0n],
  ['1', () => 1n],
  ['n - 1', () => n - 1n],
  ['n', () => n],
  ['n + 1', () => n + 1n],
  ['s + n', (right) => right + n],
  ['n - s', (right) => n - right],
  ['s + 2^2048', (right) => right + (1n << 2048n)],
  ['a byte 00 in front', (right) => Uint8Array.of(0, ...toBytes(right))],
  ['a byte 00 behind', (right) => Uint8Array.of(...toBytes(right), 0)],
  ['its first byte cut off', (right) => toBytes(right).slice(1)],
  ['its last byte cut off', (right) => toBytes(right).slice(0, -1)],
  ['its bytes in reverse', (right) => toBytes(right).toReversed()],
  ['twice', (right) => Uint8Array.of(...toBytes(right), ...toBytes(right))],
];

const right: Pkcs1Row[1] = (hash) => pkcs1(INFO + hash);
const withBlock = (block: Pkcs1Row[1]) =>
  tokenOf('RS256', async (input) => signBlock(block(await hashOf(input))));

describe('RS256 (RFC 8017 §8.2.2)', () => {
  it('is accepted as it is padded here, and is then what an engine signs', async () => {
    const token = await withBlock(right);
    await expect(verify(token)).resolves.toEqual(claims);
    expect(token).toBe(await signAccessToken(claims, await rsa.signingKey('RS256')));
  });

  it.each([...infoRows, ...blockRows])('G4 is refused with %s', async (_what, block) => {
    await expect(verify(await withBlock(block))).rejects.toMatchObject({ code: 'token_signature' });
  });

  it.each(signatureRows)('G4 is refused where the signature is %s', async (_what, change) => {
    const token = await tokenOf('RS256', async (input) => change(signBlock(right(await hashOf(input)))));
    await expect(verify(token)).rejects.toMatchObject({ code: 'token_signature' });
  });

  it('G4 is refused where e = 1 makes the padded hash its own signature', async () => {
    const token = await tokenOf('RS256', async (input) => right(await hashOf(input)));
    await expect(rsa.verify(token, ['RS256'], { e: 'AQ' })).rejects.toMatchObject({
      code: 'token_key_unknown',
    });
  });
});
