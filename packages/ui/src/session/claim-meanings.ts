import { backChannelLogout, openIdCore, rfc, type SpecLink } from './spec-links.ts';

export type TokenKind = 'id' | 'access';

/** What a claim means, in one plain sentence, and the section that defines it. */
export interface ClaimMeaning {
  readonly sentence: string;
  readonly source: SpecLink;
}

type ClaimMeanings = Readonly<Record<string, ClaimMeaning>>;

const meaning = (sentence: string, source: SpecLink): ClaimMeaning => ({ sentence, source });
const idToken = openIdCore('2', 'IDToken');
const standardClaims = openIdCore('5.1', 'StandardClaims');

const shared: ClaimMeanings = {
  iss: meaning('Who vouches for all of this: the provider, by its exact address.', rfc(7519, '4.1.1')),
  sub: meaning(
    'You, as the provider numbers people. It never changes and says nothing else.',
    rfc(7519, '4.1.2'),
  ),
  exp: meaning('From this moment on the token counts for nothing.', rfc(7519, '4.1.4')),
  nbf: meaning('Before this moment the token counts for nothing.', rfc(7519, '4.1.5')),
  iat: meaning('When the provider signed it.', rfc(7519, '4.1.6')),
  jti: meaning('The number of this one token, so that a second showing can be noticed.', rfc(7519, '4.1.7')),
  sid: meaning(
    'The sign-on session at the provider. When that ends, everything that carries its number ends.',
    backChannelLogout('2.1', 'OPLogoutTokenSupport'),
  ),
  auth_time: meaning('When you last proved who you are.', idToken),
  acr: meaning('How strong that proof was, by the provider’s own scale.', idToken),
  amr: meaning('By which means: pwd is a passphrase, hwk a key held by a device.', rfc(8176, '2')),
};

const inIdToken: ClaimMeanings = {
  aud: meaning('Whom the token is addressed to: this site, by its client id, and nobody else.', idToken),
  nonce: meaning('Ties the token to the sign-in this very browser began.', idToken),
  azp: meaning('The site that asked for the token.', idToken),
  at_hash: meaning(
    'Ties the ID token to the access token that came with it.',
    openIdCore('3.1.3.6', 'CodeIDToken'),
  ),
  name: meaning('Your full name, for the greeting at the top.', standardClaims),
  given_name: meaning('Your given name.', standardClaims),
  family_name: meaning('Your family name.', standardClaims),
  nickname: meaning('What you like to be called.', standardClaims),
  preferred_username: meaning(
    'The name you sign in with. It may change, so nothing hangs on it.',
    standardClaims,
  ),
  email: meaning(
    'Your e-mail address. It may change hands, so it is never used to tell people apart.',
    standardClaims,
  ),
  email_verified: meaning('Whether the provider saw you answer at that address.', standardClaims),
  picture: meaning('The address of your picture.', standardClaims),
  locale: meaning('The language you prefer.', standardClaims),
  zoneinfo: meaning('The time zone you live in.', standardClaims),
  updated_at: meaning('When these particulars last changed.', standardClaims),
};

const inAccessToken: ClaimMeanings = {
  aud: meaning('The one API that may accept this token. Every other must refuse it.', rfc(9068, '2.2')),
  client_id: meaning('The site the token was given to.', rfc(9068, '2.2')),
  scope: meaning('What the site asked for on your behalf.', rfc(9068, '2.2.3')),
  permissions: meaning(
    'What you may do at that API: held by you, allowed to this site, and asked for.',
    rfc(9068, '2.2.3.1'),
  ),
  auth_time: meaning('When you last proved who you are.', rfc(9068, '2.2.1')),
  acr: meaning('How strong that proof was, by the provider’s own scale.', rfc(9068, '2.2.1')),
  amr: meaning('By which means: pwd is a passphrase, hwk a key held by a device.', rfc(9068, '2.2.1')),
  act: meaning('Who acts on your behalf with this token.', rfc(8693, '4.1')),
  cnf: meaning(
    'The key that this token is bound to. Without a proof of that key it is worth nothing.',
    rfc(9449, '6.1'),
  ),
};

const own: Record<TokenKind, ClaimMeanings> = { id: inIdToken, access: inAccessToken };

/** What a claim of such a token means. A claim that no standard defines is the provider's own (RFC 7519 §4.3). */
export function claimMeaning(kind: TokenKind, claim: string): ClaimMeaning {
  for (const table of [own[kind], shared, inIdToken]) {
    if (Object.hasOwn(table, claim) && table[claim] !== undefined) return table[claim];
  }
  return meaning('A claim of the provider’s own.', rfc(7519, '4.3'));
}

/** The claims in the order of interest: first those that decide something, technical ones last. */
const readingOrder: Record<TokenKind, readonly string[]> = {
  id: ['name', 'given_name', 'family_name', 'nickname', 'preferred_username', 'email', 'email_verified'],
  access: ['aud', 'permissions', 'scope', 'client_id', 'sub'],
};
const technical = ['sub', 'iss', 'aud', 'sid', 'auth_time', 'acr', 'amr', 'iat', 'nbf', 'exp', 'jti'];

/** A number to sort claims by: the reading order first, then claims that neither list has, then the technical ones. */
export function claimOrder(kind: TokenKind, claim: string): number {
  const early = readingOrder[kind].indexOf(claim);
  if (early >= 0) return early - readingOrder[kind].length;
  return technical.indexOf(claim) + 1;
}
