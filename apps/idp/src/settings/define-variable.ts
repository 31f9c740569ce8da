import { z } from 'zod';

/** One environment variable: what `--help` and the README say of it, and what its value has to be. */
export interface Variable<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly description: string;
  /** As people read it: the value itself, `needed`, or the rule in words. */
  readonly defaultText: string;
  readonly unit?: string;
  readonly example: string;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

/** A whole number in decimal digits. `1e3`, `0x10` and blanks are refused. */
export function wholeNumber(
  defaultValue: number,
  description: string,
  { min, max, unit }: Bounds,
): Variable<z.ZodType<number>> {
  const words = `is a whole number${unit ? ` of ${unit}` : ''} from ${min} to ${max}`;
  const schema = z
    .string(words)
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .refine((value) => value >= min && value <= max, words)
    .default(defaultValue);
  return {
    schema,
    description,
    defaultText: String(defaultValue),
    example: String(defaultValue),
    ...(unit && { unit }),
  };
}

const YEAR = 365 * 86_400;

/** A span of time in seconds; at most a year, or `max`. */
export function seconds(
  defaultValue: number,
  description: string,
  { min = 1, max = YEAR }: Partial<Bounds> = {},
): Variable<z.ZodType<number>> {
  return wholeNumber(defaultValue, description, { min, max, unit: 'seconds' });
}

/** A text that may be left out. */
export function optionalText(description: string, example: string): Variable<z.ZodType<string | undefined>> {
  return { schema: z.string().min(1).optional(), description, defaultText: 'none', example };
}
