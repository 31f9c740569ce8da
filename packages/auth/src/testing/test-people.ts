/** Somebody who can sign in at the test issuer. */
export interface TestPerson {
  readonly sub: string;
  /** Permissions by audience; an access token carries those of its own. */
  readonly permissions?: Readonly<Record<string, readonly string[]>>;
  /** What the ID token says beside who and how: `name`, `email`, `picture` … */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Who signs in where a test names nobody. */
export const ada: TestPerson = {
  sub: 'person-ada',
  permissions: { 'https://api.example': ['things.read', 'things.write'] },
  claims: { name: 'Ada Lovelace', email: 'ada@example.com', email_verified: true },
};

/** When and how somebody proved who they are (OIDC Core §2). */
export interface TestProof {
  /** Integer seconds. */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
}

/** A sign-on session at the test issuer. */
export interface TestSignOn {
  readonly sid: string;
  readonly person: TestPerson;
  /** The last one: `max_age`, `prompt=login` and `acr_values` have it renewed. Tokens keep that of their own login. */
  proof: TestProof;
  ended: boolean;
}
