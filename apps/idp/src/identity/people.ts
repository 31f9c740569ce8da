import type { Person, Store } from '../store/index.ts';
import type { PasswordHasher } from './password-hasher.ts';
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
    if (!person) {
      await passwords.verifyNobody(password);
      return undefined;
    }
    const { sub, passwordHash } = person;
    const right = await passwords.verify(passwordHash, password);
    if (!right || person.disabled) return undefined;
    if (!passwords.isOutdated(passwordHash)) return person;
    const hash = await passwords.hash(password);
    const replaced = await store.replacePasswordHash(sub, { from: passwordHash, to: hash });
    // Otherwise the passphrase was changed meanwhile, or another sign-in replaced the hash: the new one decides.
    return replaced ? { ...person, passwordHash: hash } : authenticate(username, password);
  };
  return { authenticate };
}
