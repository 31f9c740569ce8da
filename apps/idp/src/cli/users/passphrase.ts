import { normalizePassphrase } from '../../identity/passphrase.ts';
import { findPassphraseProblem } from '../../identity/passphrase-rules.ts';
import { createPasswordHasher } from '../../identity/passwords.ts';
import type { Person } from '../../store/index.ts';
import type { CommandContext } from '../command.ts';

/** Claims that a guesser would try. */
const NAMES = ['name', 'given_name', 'family_name', 'nickname', 'email'] as const;

/**
 * Asks for a passphrase that is good enough, and gives its hash.
 *
 * @throws Error that says what is wrong with it; never the passphrase.
 */
export async function requirePassphraseHash(
  { askPassphrase, serviceName }: Pick<CommandContext, 'askPassphrase' | 'serviceName'>,
  { username, claims }: Pick<Person, 'username' | 'claims'>,
): Promise<string> {
  const passphrase = await askPassphrase();
  const known = NAMES.map((name) => claims[name]).filter((value) => typeof value === 'string');
  const setting = { serviceName, personNames: [username, ...known] };
  const problem = findPassphraseProblem(normalizePassphrase(passphrase), setting);
  if (problem) throw new Error(`The passphrase can’t be used. ${problem.message}`);
  return createPasswordHasher().hash(passphrase);
}
