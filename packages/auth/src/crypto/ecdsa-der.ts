/**
 * ECDSA signatures in the form of JWS, R and S side by side (RFC 7518 §3.4), and in that of X.509, two DER integers
 * (RFC 3279 §2.2.3). OpenSSL works on the second; its own conversion costs as much as the verification itself.
 */
export function toDerSignature(joined: Uint8Array): Uint8Array {
  const half = joined.length / 2;
  const [r, s] = [firstOfInteger(joined, 0, half), firstOfInteger(joined, half, joined.length)];
  const length = lengthOf(joined, r, half) + lengthOf(joined, s, joined.length);
  const head = length < LONG ? 2 : 3;
  const der = new Uint8Array(head + length);
  der[0] = SEQUENCE;
  if (head === 3) der[1] = LONG + 1;
  der[head - 1] = length;
  const next = writeInteger(der, head, joined, r, half);
  writeInteger(der, next, joined, s, joined.length);
  return der;
}

/** @param der as the engine itself made it @param bytes the length of the joined form */
export function fromDerSignature(der: Uint8Array, bytes: number): Uint8Array {
  const joined = new Uint8Array(bytes);
  // From 128 bytes on the sequence's length takes two: P-521.
  const second = copyInteger(der, der[1] === LONG + 1 ? 3 : 2, joined.subarray(0, bytes / 2));
  copyInteger(der, second, joined.subarray(bytes / 2));
  return joined;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const LONG = 0x80;

/** X.690 §8.3.2: without leading zeros; one byte at least. */
function firstOfInteger(joined: Uint8Array, start: number, end: number): number {
  let first = start;
  while (first < end - 1 && joined[first] === 0) first++;
  return first;
}

/** X.690 §8.3.3: a number whose first bit is set would be negative. */
function isPadded(joined: Uint8Array, first: number): boolean {
  return (joined[first] ?? 0) >= 0x80;
}

function lengthOf(joined: Uint8Array, first: number, end: number): number {
  return 2 + (isPadded(joined, first) ? 1 : 0) + end - first;
}

/** @returns where the next integer begins */
function writeInteger(der: Uint8Array, at: number, joined: Uint8Array, first: number, end: number): number {
  const length = lengthOf(joined, first, end);
  der[at] = INTEGER;
  der[at + 1] = length - 2;
  der.set(joined.subarray(first, end), at + length - (end - first));
  return at + length;
}

/** @returns where the next integer begins */
function copyInteger(der: Uint8Array, at: number, into: Uint8Array): number {
  const end = at + 2 + (der[at + 1] ?? 0);
  const start = Math.max(at + 2, end - into.length);
  into.set(der.subarray(start, end), into.length - (end - start));
  return end;
}
