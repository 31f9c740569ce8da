import { backChannelLogout, core, rfc, type Source } from './sources.ts';

export type TokenKind = 'id' | 'access';

/** What a claim says, in one plain sentence, and where that is written down. */
export interface Meaning {
  readonly sentence: string;
  readonly source: Source;
}

type Meanings = Readonly<Record<string, Meaning>>;

const says = (sentence: string, source: Source): Meaning => ({ sentence, source });
const idToken = core('2', 'IDToken');
const standardClaims = core('5.1', 'StandardClaims');

const shared: Meanings = {
  iss: says('Who vouches for all of this: the provider, by its exact address.', rfc(7519, '4.1.1')),
  sub: says(
    'You, as the provider numbers people. It never changes and says nothing else.',
    rfc(7519, '4.1.2'),
  ),
  exp: says('From this moment on the token counts for nothing.', rfc(7519, '4.1.4')),
  nbf: says('Before this moment the token counts for nothing.', rfc(7519, '4.1.5')),
  iat: says('When the provider signed it.', rfc(7519, '4.1.6')),
  jti: says('The number of this one token, so that a second showing can be noticed.', rfc(7519, '4.1.7')),
  sid: says(
    'The sign-on session at the provider. When that ends, everything that carries its number ends.',
    backChannelLogout('2.1', 'OPLogoutTokenSupport'),
  ),
  auth_time: says('When you last proved who you are.', idToken),
  acr: says('How strong that proof was, by the provider’s own scale.', idToken),
  amr: says('By which means: pwd is a passphrase, hwk a key held by a device.', rfc(8176, '2')),
};

const inIdToken: Meanings = {
  aud: says('Whom the token is addressed to: this site, by its client id, and nobody else.', idToken),
  nonce: says('Ties the token to the sign-in this very browser began.', idToken),
  azp: says('The site that asked for the token.', idToken),
  at_hash: says('Ties the ID token to the access token that came with it.', core('3.1.3.6', 'CodeIDToken')),
  name: says('Your full name, for the greeting at the top.', standardClaims),
  given_name: says('Your given name.', standardClaims),
  family_name: says('Your family name.', standardClaims),
  nickname: says('What you like to be called.', standardClaims),
  preferred_username: says(
    'The name you sign in with. It may change, so nothing hangs on it.',
    standardClaims,
  ),
  email: says(
    'Your e-mail address. It may change hands, so it is never used to tell people apart.',
    standardClaims,
  ),
  email_verified: says('Whether the provider saw you answer at that address.', standardClaims),
  picture: says('The address of your picture.', standardClaims),
  locale: says('The language you prefer.', standardClaims),
  zoneinfo: says('The time zone you live in.', standardClaims),
  updated_at: says('When these particulars last changed.', standardClaims),
};

const inAccessToken: Meanings = {
  aud: says('The one API that may accept this token. Every other must refuse it.', rfc(9068, '2.2')),
  client_id: says('The site the token was given to.', rfc(9068, '2.2')),
  scope: says('What the site asked for on your behalf.', rfc(9068, '2.2.3')),
  permissions: says(
    'What you may do at that API: held by you, allowed to this site, and asked for.',
    rfc(9068, '2.2.3.1'),
  ),
  auth_time: says('When you last proved who you are.', rfc(9068, '2.2.1')),
  acr: says('How strong that proof was, by the provider’s own scale.', rfc(9068, '2.2.1')),
  amr: says('By which means: pwd is a passphrase, hwk a key held by a device.', rfc(9068, '2.2.1')),
  act: says('Who acts on your behalf with this token.', rfc(8693, '4.1')),
};

const own: Record<TokenKind, Meanings> = { id: inIdToken, access: inAccessToken };

/** What a claim of such a token means. A claim nobody standardised is the provider's own (RFC 7519 §4.3). */
export function meaningOf(kind: TokenKind, claim: string): Meaning {
  for (const table of [own[kind], shared, inIdToken]) {
    if (Object.hasOwn(table, claim) && table[claim] !== undefined) return table[claim];
  }
  return says('A claim of the provider’s own.', rfc(7519, '4.3'));
}

/** The order in which a reader wants to meet claims: what is decided by it first, technicalities last. */
const reading: Record<TokenKind, readonly string[]> = {
  id: ['name', 'given_name', 'family_name', 'nickname', 'preferred_username', 'email', 'email_verified'],
  access: ['aud', 'permissions', 'scope', 'client_id', 'sub'],
};
const technical = ['sub', 'iss', 'aud', 'sid', 'auth_time', 'acr', 'amr', 'iat', 'nbf', 'exp', 'jti'];

/** A claim's place in the reading order; claims unknown to it stand between the two groups, in their own order. */
export function placeOf(kind: TokenKind, claim: string): number {
  const early = reading[kind].indexOf(claim);
  if (early >= 0) return early - reading[kind].length;
  return technical.indexOf(claim) + 1;
}
