import type { Explanation } from './explanation.ts';
import { oidc, rfc } from './explanation.ts';

const parameters: Readonly<Record<string, Explanation>> = {
  response_type: {
    sentence: 'What is asked for: a code, which a server exchanges for tokens.',
    source: rfc(6749, '4.1.1'),
  },
  response_mode: { sentence: 'How the answer travels back.', source: rfc(6749, '4.1.2') },
  client_id: { sentence: 'Which site asks, by the name it is registered under.', source: rfc(6749, '2.2') },
  redirect_uri: {
    sentence: 'Where the answer goes. It must be one that the site has registered, character by character.',
    source: rfc(6749, '3.1.2'),
  },
  scope: { sentence: 'What the site would like to know and do.', source: rfc(6749, '3.3') },
  state: {
    sentence:
      'Ties the answer to the browser that asked, so that nobody can slip in an answer of their own (login CSRF).',
    source: rfc(6749, '10.12'),
  },
  nonce: { sentence: 'Ties the ID token to this very login.', source: oidc('3.1.2.1', 'AuthRequest') },
  code_challenge: {
    sentence: 'The hash of a secret that only this site holds: whoever steals the code can’t use it (PKCE).',
    source: rfc(7636, '4.2'),
  },
  code_challenge_method: {
    sentence: 'How the challenge was made: S256 is SHA-256.',
    source: rfc(7636, '4.3'),
  },
  code_verifier: { sentence: 'The secret that the challenge was the hash of.', source: rfc(7636, '4.5') },
  code: { sentence: 'Good for one exchange, by this site alone, for a minute.', source: rfc(6749, '4.1.2') },
  iss: {
    sentence:
      'Which provider answers: an answer of another one is refused before its code goes anywhere (mix-up).',
    source: rfc(9207, '2'),
  },
  prompt: {
    sentence: 'none: answer at once and show nothing. login: ask for the passphrase again.',
    source: oidc('3.1.2.1', 'AuthRequest'),
  },
  max_age: {
    sentence: 'How long ago the person may have signed in. Seconds.',
    source: oidc('3.1.2.1', 'AuthRequest'),
  },
  acr_values: {
    sentence: 'How strongly the person has to prove who they are.',
    source: oidc('3.1.2.1', 'AuthRequest'),
  },
  resource: { sentence: 'Which API the token is to be for. Every other refuses it.', source: rfc(8707, '2') },
  audience: { sentence: 'Which API the token is to be for.', source: rfc(8693, '2.1') },
  grant_type: {
    sentence: 'What is exchanged for tokens: a code, a refresh token, or another token.',
    source: rfc(6749, '4.1.3'),
  },
  refresh_token: { sentence: 'Gets new tokens once; then its successor does.', source: rfc(6749, '6') },
  subject_token: {
    sentence: 'The token on whose behalf another one is asked for.',
    source: rfc(8693, '2.1'),
  },
  subject_token_type: { sentence: 'What kind of token that is.', source: rfc(8693, '3') },
  requested_token_type: { sentence: 'What kind of token is wanted.', source: rfc(8693, '3') },
  client_secret: { sentence: 'Proves which site asks.', source: rfc(6749, '2.3.1') },
  client_assertion: { sentence: 'Proves which site asks, by a signature.', source: rfc(7523, '2.2') },
  id_token_hint: {
    sentence: 'Who is to be signed out, by the ID token of the sign-in.',
    source: oidc('3.1.2.1', 'AuthRequest'),
  },
  logout_hint: { sentence: 'Which session is to end.', source: rfc(9700, '4.2') },
  login_hint: { sentence: 'Who is likely to sign in.', source: oidc('3.1.2.1', 'AuthRequest') },
  post_logout_redirect_uri: {
    sentence: 'Where the browser goes afterwards. It must be registered.',
    source: oidc('3.1.2.1', 'AuthRequest'),
  },
  error: { sentence: 'Why the provider did not do it.', source: rfc(6749, '4.1.2.1') },
  error_description: { sentence: 'The same in words, for developers.', source: rfc(6749, '4.1.2.1') },
  error_uri: { sentence: 'A page that explains it.', source: rfc(6749, '4.1.2.1') },
  return_to: {
    sentence: 'The page of this site that the person came for. Other addresses count as the front page.',
    source: rfc(9700, '4.11'),
  },
  token_type_hint: { sentence: 'Which kind of token it is, to find it faster.', source: rfc(7009, '2.1') },
};

/** What a parameter is for; undefined for one that no standard knows. */
export function explainParameter(name: string): Explanation | undefined {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
}
