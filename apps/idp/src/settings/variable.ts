import { z } from 'zod';

/** One environment variable: what `--help` and the README say of it, and what its value has to be. */
export interface Variable<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly meaning: string;
  /** As people read it: the value itself, `needed`, or the rule in words. */
  readonly fallback: string;
  readonly unit?: string;
  readonly example: string;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly unit?: string;
}

/** A whole number in decimal digits; nothing that only a programmer reads as one (`1e3`, `0x10`, blanks). */
export function wholeNumber(
  fallback: number,
  meaning: string,
  { least, most, unit }: Bounds,
): Variable<z.ZodType<number>> {
  const words = `is a whole number${unit ? ` of ${unit}` : ''} from ${least} to ${most}`;
  const schema = z
    .string(words)
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .refine((value) => value >= least && value <= most, words)
    .default(fallback);
  return { schema, meaning, fallback: String(fallback), example: String(fallback), ...(unit && { unit }) };
}

const YEAR = 365 * 86_400;

/** A span of time in seconds; at most a year, or `most`. */
export function seconds(
  fallback: number,
  meaning: string,
  { least = 1, most = YEAR }: Partial<Bounds> = {},
): Variable<z.ZodType<number>> {
  return wholeNumber(fallback, meaning, { least, most, unit: 'seconds' });
}

/** A text that may be left out. */
export function optionalText(meaning: string, example: string): Variable<z.ZodType<string | undefined>> {
  return { schema: z.string().min(1).optional(), meaning, fallback: 'none', example };
}
