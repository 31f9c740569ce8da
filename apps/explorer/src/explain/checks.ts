import { backChannel, type Explanation, oidc, rfc } from './explanation.ts';

/** What a check keeps away, and what to do where it fails. */
export interface CheckExplanation extends Explanation {
  readonly mend: string;
}

const checks: Readonly<Record<string, CheckExplanation>> = {
  form: {
    sentence: 'A token has three parts with dots between them, and each member once.',
    source: rfc(7515, '7.1'),
    mend: 'Look at what really arrives: a proxy or a copy may have cut it.',
  },
  typ: {
    sentence: 'A token of one kind never counts as another: an ID token opens no API.',
    source: rfc(8725, '3.11'),
    mend: 'Send the right one of your tokens: the access token goes to an API.',
  },
  alg: {
    sentence: 'Configuration says how tokens are signed; the token itself can’t choose “none”.',
    source: rfc(8725, '3.1'),
    mend: 'Have the issuer sign with an accepted algorithm, or accept its own in `algorithms`.',
  },
  kid: {
    sentence: 'Only keys that the issuer publishes count.',
    source: rfc(7515, '4.1.4'),
    mend: 'See that the issuer’s JWKS holds this key; after a rotation it is fetched anew.',
  },
  signature: {
    sentence: 'The issuer said exactly this, and nobody changed a letter.',
    source: rfc(7515, '5.2'),
    mend: 'Take the token as it was issued. If it was, compare the key with the issuer’s JWKS.',
  },
  iss: {
    sentence: 'Only the provider that this site trusts may speak, by its exact address.',
    source: rfc(9207, '2.4'),
    mend: 'Compare both addresses; a slash or a port counts.',
  },
  aud: {
    sentence: 'A token is for one reader. What was issued for another site is refused here.',
    source: rfc(9068, '4'),
    mend: 'Ask for a token with `resource` of this API, or exchange the one you have.',
  },
  exp: {
    sentence: 'A token ends, so that a stolen one is of little use.',
    source: rfc(7519, '4.1.4'),
    mend: 'Get a new token, and compare the clocks of both machines.',
  },
  iat: {
    sentence: 'A token from the future was made by somebody with another clock, or by nobody honest.',
    source: rfc(7519, '4.1.6'),
    mend: 'Compare the clocks of both machines.',
  },
  nbf: {
    sentence: 'Before this moment the token counts for nothing.',
    source: rfc(7519, '4.1.5'),
    mend: 'Compare the clocks of both machines.',
  },
  nonce: {
    sentence: 'An ID token of another login can’t be slipped into this one.',
    source: oidc('3.1.3.7', 'IDTokenValidation'),
    mend: 'Start the login again in this browser.',
  },
  state: {
    sentence: 'Only an answer that this browser asked for is taken (login CSRF).',
    source: rfc(6749, '10.12'),
    mend: 'Start the login again. If it fails again, see whether cookies are blocked.',
  },
  auth_time: {
    sentence: 'The person proved who they are recently enough for this.',
    source: oidc('3.1.3.7', 'IDTokenValidation'),
    mend: 'Sign in again: the provider asks for the passphrase.',
  },
  acr: {
    sentence: 'The person proved who they are strongly enough for this.',
    source: oidc('3.1.2.1', 'AuthRequest'),
    mend: 'Sign in again by a stronger means.',
  },
  at_hash: {
    sentence: 'ID token and access token were issued together.',
    source: oidc('3.1.3.6', 'CodeIDToken'),
    mend: 'Take both tokens from one answer.',
  },
  events: {
    sentence: 'A logout token is no ID token, and neither counts as the other.',
    source: backChannel('2.6', 'Validation'),
    mend: 'Have the provider send what the specification says.',
  },
  htm: {
    sentence: 'The proof is for this method, and for no other request.',
    source: rfc(9449, '4.3'),
    mend: 'Make a proof for each request, with its own method.',
  },
  htu: {
    sentence: 'The proof is for this address, so nobody can take it elsewhere.',
    source: rfc(9449, '4.3'),
    mend: 'Make the proof for the public address of the API, without query and fragment.',
  },
  ath: {
    sentence: 'The proof belongs to the access token beside it.',
    source: rfc(9449, '4.3'),
    mend: 'Make the proof anew where the token was renewed.',
  },
  'dpop nonce': {
    sentence: 'The proof was made after this server asked for it, and not in advance.',
    source: rfc(9449, '8'),
    mend: 'Make the proof once more with the nonce of the DPoP-Nonce header.',
  },
  claims: {
    sentence: 'Everything that such a token has to say is there, in the right shape.',
    source: rfc(9068, '2.2'),
    mend: 'Have the issuer add what is missing.',
  },
};

/** What a check is for; a check that nobody explained stands for itself. */
export function explainCheck(name: string): CheckExplanation | undefined {
  return Object.hasOwn(checks, name) ? checks[name] : undefined;
}
