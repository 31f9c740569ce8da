import { randomUUID } from 'node:crypto';
import type {
  Grant,
  NewInteraction,
  Person,
  CodeRedemption,
  RefreshTokenRotation,
  SignOnSession,
  Store,
  StoredKey,
} from '../src/store/index.ts';

export const NOW = 1_700_000_000;

export const unique = (word: string): string => `${word}-${randomUUID()}`;

export function personOf(): Person {
  return {
    sub: unique('sub'),
    username: unique('ada'),
    passwordHash: '$argon2id$…',
    roles: ['reader', 'member'],
    claims: { name: 'Ada', address: { locality: 'London' }, email_verified: true },
    disabled: false,
    updatedAt: NOW,
  };
}

export function sessionOf(sub: string): SignOnSession {
  return { id: unique('session'), sub, authTime: NOW, acr: 'pwd', amr: ['pwd'], expiresAt: NOW + 3600 };
}

export function grantOf(sub: string, sessionId: string): Grant {
  return {
    id: unique('grant'),
    clientId: 'shop',
    sub,
    sessionId,
    scope: ['openid', 'profile'],
    resources: ['https://shop.example/api'],
    details: { redirectUri: 'https://shop.example/cb', authTime: NOW, acr: 'pwd', amr: ['pwd'] },
    offline: false,
    byConsent: false,
    expiresAt: NOW + 3600,
  };
}

export function redemptionOf(codeHash: string, change: Partial<CodeRedemption> = {}): CodeRedemption {
  return {
    codeHash,
    clientId: 'shop',
    now: NOW,
    familyHash: unique('family'),
    tokenHash: 'first',
    dpopJkt: null,
    ...change,
  };
}

export function rotationOf(
  familyHash: string,
  presentedHash: string,
  nextHash: string,
): RefreshTokenRotation {
  return { familyHash, presentedHash, nextHash, now: NOW, replayRequest: 'same', replayResponse: 'sealed' };
}

export function interactionOf(): NewInteraction {
  return {
    id: unique('interaction'),
    browserHash: undefined,
    request: { kind: 'sign-out', clientId: 'shop', returnTo: undefined, hintedSids: ['sid-1'] },
    expiresAt: NOW + 60,
    budget: unique('budget'),
    arrival: 1,
  };
}

export function keyOf(alg: string, state: 'next' | 'current'): StoredKey {
  return {
    kid: unique(state),
    alg,
    state,
    publicJwk: { kty: 'EC' },
    sealedJwk: 'sealed',
    createdAt: NOW,
    activatedAt: state === 'current' ? NOW : undefined,
    publishedUntil: undefined,
  };
}

/** A person and their session, in the store. */
export async function signedIn(store: Store) {
  const person = personOf();
  const { sub, passwordHash } = person;
  const [session, cookie] = [sessionOf(sub), unique('cookie')];
  await store.addPerson(person, NOW);
  await store.openSession(session, cookie, passwordHash);
  return { person, session, cookie, passwordHash };
}

export type OpenedGrant = Awaited<ReturnType<typeof openedGrant>>;

/** A person, their session and a grant whose code nobody has redeemed, in the store. */
export async function openedGrant(store: Store, offline = false) {
  const { person, session } = await signedIn(store);
  const grant = { ...grantOf(person.sub, session.id), offline };
  const codeHash = unique('code');
  await store.openGrant(grant, { hash: codeHash, expiresAt: NOW + 60 }, NOW);
  return { person, session, grant, codeHash };
}

/** Deletes all that is over by then, whatever other tests have left. */
export async function sweepAway(store: Pick<Store, 'sweep'>, now: number): Promise<void> {
  while ((await store.sweep(now)) > 0);
}
