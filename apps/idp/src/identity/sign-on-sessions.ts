import { randomId, sha256 } from '../foundation/secrets.ts';
import type { Person, SignOnSession, Store } from '../store/index.ts';

/** How somebody signed in, as `acr` and `amr` of ID tokens (RFC 8176). */
export const PASSWORD_AUTHENTICATION = { acr: 'pwd', amr: ['pwd'] } as const;

export interface SignOnSessions {
  /** The session of a browser's cookie. */
  find(cookie: string | undefined): Promise<SignOnSession | undefined>;
  /**
   * Opens a session, always under a new secret: one that was planted before the sign-in is worth nothing after it
   * (session fixation, ASVS 7.2.4). The same person keeps their session, and each app its `sid` in it; another
   * person's session in this browser ends.
   *
   * @param openedId the session that an earlier press of the same form's button opened, whose cookie the browser may have
   * dropped. It goes on if it is this person's: what the site got by it would otherwise outlive the sign-out.
   * @returns undefined when the passphrase was changed, or the person disabled or removed, since it was checked: who
   * ended everything then would not know of this session.
   */
  signIn(person: CheckedPerson, cookie: string | undefined, openedId?: string): Promise<SignedIn | undefined>;
  /**
   * Signs out, and writes down which sites to tell.
   *
   * @param shownTo SHA-256 of the cookie of the browser that may see who was told.
   */
  end(id: string, shownTo?: string): Promise<boolean>;
  /** Signs a person out on all devices. Says which sessions ended. */
  endAll(sub: string, shownTo?: string): Promise<string[]>;
}

/** A person, with the hash that their passphrase was checked against. */
export type CheckedPerson = Pick<Person, 'sub' | 'passwordHash'>;

export interface SignedIn {
  readonly session: SignOnSession;
  /** The new value of the browser's cookie. */
  readonly cookie: string;
  /** The other person's session that this sign-in ended. */
  readonly replaced: SignOnSession | undefined;
  /** The person's oldest sessions, which ended since they have very many. */
  readonly surplus: readonly string[];
}

export function createSignOnSessions(context: {
  store: Store;
  clock: () => number;
  signOnSeconds: number;
}): SignOnSessions {
  const { store, clock, signOnSeconds } = context;
  const find = async (cookie: string | undefined) =>
    cookie === undefined ? undefined : store.findSessionByCookie(sha256(cookie), clock());
  return {
    find,
    end: (id, shownTo) => store.endSession(id, { ending: 'sign-out', now: clock(), shownTo }),
    endAll: (sub, shownTo) =>
      store.endSessionsOfPerson(sub, { ending: 'sign-out-everywhere', now: clock(), shownTo }),
    async signIn(person, oldCookie, openedId) {
      const now = clock();
      const old = await find(oldCookie);
      const opened = openedId === undefined ? undefined : await store.findSession(openedId, now);
      const same = [old, opened].find((session) => session?.sub === person.sub);
      const cookie = randomId(32);
      const proof = {
        sub: person.sub,
        authTime: now,
        ...PASSWORD_AUTHENTICATION,
        expiresAt: now + signOnSeconds,
      };
      const session = await renewOrOpen(store, { person, proof, id: same?.id, cookieHash: sha256(cookie) });
      if (!session) return undefined;
      const replaced = old && old.sub !== person.sub ? old : undefined;
      if (replaced) await store.endSession(replaced.id, { ending: 'other-person', now });
      const surplus = await store.endOldestSessions(
        { sub: person.sub, id: session.id, most: MOST_SESSIONS },
        { ending: 'too-many-sessions', now },
      );
      return { session, cookie, replaced, surplus };
    },
  };
}

/**
 * ASVS 7.1.2, F-14: how many a person has at once, one a browser. A script that signs in over and over would fill the
 * database; the oldest make room.
 */
const MOST_SESSIONS = 100;

interface NewSignIn {
  readonly person: CheckedPerson;
  readonly proof: Omit<SignOnSession, 'id'>;
  /** The session to go on with. */
  readonly id: string | undefined;
  readonly cookieHash: string;
}

/** Never opens a session under the id of one that has just ended: what that one gave would live again (K-07). */
async function renewOrOpen(
  store: Store,
  { person: { passwordHash }, proof, id, cookieHash }: NewSignIn,
): Promise<SignOnSession | undefined> {
  const known = id === undefined ? undefined : { ...proof, id };
  if (known && (await store.renewSession(known, cookieHash, passwordHash))) return known;
  const fresh = { ...proof, id: randomId() };
  return (await store.openSession(fresh, cookieHash, passwordHash)) ? fresh : undefined;
}
