import { findNameProblem } from '../../foundation/names.ts';
import { NAME_CLAIMS, SCOPE_CLAIMS } from '../../identity/claims.ts';
import type { PersonClaims } from '../../store/index.ts';

/** Set by the provider itself. */
const OURS = ['preferred_username', 'updated_at'];
const NAMES: readonly string[] = Object.values(SCOPE_CLAIMS)
  .flat()
  .filter((name) => !OURS.includes(name));
const FLAGS = ['email_verified', 'phone_number_verified'];

/**
 * Reads `name=value` pairs as OIDC standard claims (OIDC Core §5.1).
 *
 * @throws Error that names the pair that is wrong.
 */
export function parseClaims(pairs: readonly string[]): PersonClaims {
  return Object.fromEntries(pairs.map(parseClaim));
}

function parseClaim(pair: string): readonly [name: string, value: unknown] {
  const [name = '', ...rest] = pair.split('=');
  const text = rest.join('=');
  if (!NAMES.includes(name)) throw new Error(`"${name}" is no claim to set. There are: ${NAMES.join(', ')}`);
  if (text === '') throw new Error(`--claim ${name} needs a value, as in --claim ${name}=…`);
  const problem = NAME_CLAIMS.includes(name) ? findNameProblem(text) : undefined;
  if (problem !== undefined) throw new Error(`--claim ${name} ${problem}`);
  if (name === 'address') return [name, { formatted: text }];
  if (!FLAGS.includes(name)) return [name, text];
  if (text !== 'true' && text !== 'false') throw new Error(`--claim ${name} is true or false`);
  return [name, text === 'true'];
}
