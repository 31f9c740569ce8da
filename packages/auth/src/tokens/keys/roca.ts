/** The flawed generator chose primes of the form k·M + (65537^a mod M). */
const GENERATOR = 65_537;

/** For keys of 1984 bits and more, M is divisible by the first 126 primes (Nemec et al., table 1). This is the last. */
const LAST_PRIME = 701;

/**
 * Whether an RSA modulus has the form of CVE-2017-15361 (ROCA), whose private key can be computed from the public one.
 * The flawed chips chose primes that are powers of 65537 modulo M, so the modulus is such a power too, modulo each prime
 * factor of M. An ordinary modulus has that form with a probability of 2^-169.
 *
 * @see Nemec, Sys, Svenda, Klinec, Matyas: The Return of Coppersmith's Attack, CCS 2017, §2.3
 */
export function isRoca(modulus: bigint): boolean {
  for (let prime = 3; prime <= LAST_PRIME; prime += 2) {
    if (isPrime(prime) && !isPower(Number(modulus % BigInt(prime)), prime)) return false;
  }
  return true;
}

function isPrime(odd: number): boolean {
  for (let factor = 3; factor * factor <= odd; factor += 2) if (odd % factor === 0) return false;
  return true;
}

/** Whether the residue is in the group that 65537 generates modulo the prime. */
function isPower(residue: number, prime: number): boolean {
  let power = 1;
  do {
    if (power === residue) return true;
    power = (power * GENERATOR) % prime;
  } while (power !== 1);
  return false;
}
