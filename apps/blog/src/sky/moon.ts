/** The Moon as seen from the Earth's centre: how much of the disc is lit, and whether it grows. */
export interface Moon {
  /** 0 at new, 1 at full. */
  readonly lit: number;
  readonly waxing: boolean;
}

const UNIX_EPOCH_JULIAN = 2440587.5;
const J2000 = 2451545;
const DAY_SECONDS = 86_400;
const CENTURY_DAYS = 36_525;

const sine = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

/**
 * The Moon's phase, right to about one part in a hundred: Meeus, Astronomical Algorithms, chapter 48.
 *
 * @param epochSeconds the moment, whole seconds
 */
export function moonAt(epochSeconds: number): Moon {
  const t = (epochSeconds / DAY_SECONDS + UNIX_EPOCH_JULIAN - J2000) / CENTURY_DAYS;
  const elongation = 297.8501921 + 445267.1114034 * t;
  const sun = 357.5291092 + 35999.0502909 * t;
  const moon = 134.9633964 + 477198.8675055 * t;
  const phaseAngle =
    180 -
    elongation -
    6.289 * sine(moon) +
    2.1 * sine(sun) -
    1.274 * sine(2 * elongation - moon) -
    0.658 * sine(2 * elongation) -
    0.214 * sine(2 * moon) -
    0.11 * sine(elongation);
  return { lit: (1 + cosine(phaseAngle)) / 2, waxing: sine(phaseAngle) > 0 };
}

/** The phase by its name: `waxing crescent`, `full Moon` … */
export function moonName({ lit, waxing }: Moon): string {
  if (lit < 0.015) return 'new Moon';
  if (lit > 0.985) return 'full Moon';
  if (lit > 0.44 && lit < 0.56) return waxing ? 'first quarter' : 'last quarter';
  return `${waxing ? 'waxing' : 'waning'} ${lit < 0.5 ? 'crescent' : 'gibbous'}`;
}

/** What such a Moon means for the evening. */
export function moonAdvice({ lit, waxing }: Moon): string {
  if (lit < 0.12) return 'Dark all night. Galaxies, nebulae, and the Milky Way with bare eyes.';
  if (lit > 0.85) return 'Too bright for the faint. Double stars, planets, and the Moon’s own rays.';
  if (waxing)
    return 'It sets before the night is over: craters along the terminator first, the faint things after.';
  return 'It rises late: take the faint things first, while the evening is dark.';
}
