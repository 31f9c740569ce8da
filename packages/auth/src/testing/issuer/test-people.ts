/** A person who can sign in at the test issuer. */
export interface TestPerson {
  readonly sub: string;
  /**
   * Permissions by audience; an access token carries those of its own. With an empty list nothing is exchanged for that
   * audience; one without a list defines no permissions.
   */
  readonly permissions?: Readonly<Record<string, readonly string[]>>;
  /** Further claims of the ID token: `name`, `email`, `picture` … */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The person who signs in unless a test names another. */
export const ada: TestPerson = {
  sub: 'person-ada',
  permissions: { 'https://api.example': ['things.read', 'things.write'] },
  claims: { name: 'Ada Lovelace', email: 'ada@example.com', email_verified: true },
};

/** When and how a person signed in (OIDC Core §2). */
export interface TestAuthentication {
  /** Integer seconds. */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
}

/** A sign-on session at the test issuer. */
export interface TestSignOn {
  readonly person: TestPerson;
  /** The last sign-in, which `max_age`, `prompt=login` and `acr_values` renew. Tokens keep that of their own login. */
  proof: TestAuthentication;
  ended: boolean;
  /** What this client, and the APIs that it stands for, know the session by; another for each client. */
  sidOf(clientId: string): string;
}
