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
  return {
    async authenticate(username, password) {
      const person = await store.findPersonByUsername(normalizeUsername(username));
      if (!person) {
        await passwords.verifyNobody(password);
        return undefined;
      }
      const right = await passwords.verify(person.passwordHash, password);
      if (!right || person.disabled) return undefined;
      if (passwords.isOutdated(person.passwordHash)) {
        await store.replacePasswordHash(person.sub, await passwords.hash(password));
      }
      return person;
    },
  };
}
