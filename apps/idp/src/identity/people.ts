import { passwordCostOf, type Person, type Store } from '../store/index.ts';
import { hashesToCheck } from './password-costs.ts';
import { OUR_COST, type PasswordHasher } from './password-hasher.ts';
import { normalizeUsername } from './username.ts';

export interface People {
  /**
   * The person whose name and passphrase these are. Unknown name, wrong passphrase and disabled account are one
   * answer and take the same time, so that nobody can learn who has an account (ASVS 6.3.8).
   *
   * @throws BusyError when too many sign-ins are under way.
   */
  authenticate(username: string, password: string): Promise<Person | undefined>;
}

export function createPeople(context: { store: Store; passwords: PasswordHasher }): People {
  const { store, passwords } = context;
  const authenticate = async (username: string, password: string): Promise<Person | undefined> => {
    const person = await store.findPersonByUsername(normalizeUsername(username));
    const right = await passwords.verifyAny(await findHashes(store, person), password);
    if (!person || !right || person.disabled) return undefined;
    const { sub, passwordHash } = person;
    if (!passwords.isOutdated(passwordHash)) return person;
    const hash = await passwords.hash(password);
    const replaced = await store.replacePasswordHash(sub, { from: passwordHash, to: hash });
    // Otherwise the passphrase was changed meanwhile, or another sign-in replaced the hash: the new one decides.
    return replaced ? { ...person, passwordHash: hash } : authenticate(username, password);
  };
  return { authenticate };
}

/** What the passphrase of this person, or of nobody, is checked against. */
async function findHashes(store: Store, person: Person | undefined): Promise<string[]> {
  const costs = new Set([OUR_COST, ...(await store.listPasswordCosts())]);
  const own = person && passwordCostOf(person.passwordHash);
  if (person && own !== undefined && !costs.has(own)) {
    // A start that tidied up at the moment of an import has forgotten it.
    await store.recordPasswordCost(person.passwordHash);
    costs.add(own);
  }
  return hashesToCheck(person?.passwordHash, [...costs]);
}
