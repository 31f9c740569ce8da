import { normalizePassword } from '../../identity/normalize-password.ts';
import { findPasswordProblem } from '../../identity/password-rules.ts';
import { createPasswordHasher } from '../../identity/password-hasher.ts';
import type { Person } from '../../store/index.ts';
import type { CommandContext } from '../command.ts';

/** Claims whose words a guesser would try. */
const NAMES = ['name', 'given_name', 'family_name', 'nickname', 'email'] as const;

/**
 * Asks for a passphrase that is good enough, and gives its hash.
 *
 * @throws Error that says what is wrong with it; never the passphrase.
 */
export async function requirePasswordHash(
  { askPassword, serviceName }: Pick<CommandContext, 'askPassword' | 'serviceName'>,
  { username, claims }: Pick<Person, 'username' | 'claims'>,
): Promise<string> {
  const passphrase = await askPassword();
  const known = NAMES.map((name) => claims[name]).filter((value) => typeof value === 'string');
  const setting = { serviceName, personNames: [username, ...known] };
  const problem = findPasswordProblem(normalizePassword(passphrase), setting);
  if (problem) throw new Error(`The passphrase can’t be used. ${problem.message}`);
  return createPasswordHasher().hash(passphrase);
}
