import { describe, expect, it } from 'vitest';
import { createRecorder } from '../../test/recorded.ts';
import { createDiagram } from '../model/diagram.ts';
import { explainCheck } from './checks.ts';
import { explainParameter } from './parameters.ts';
import { answerChecksOf, cookiesOf, parametersOf, tokensOf } from './read-details.ts';

/** Every check that packages/auth notes, and every parameter of the way through a login. */
const checks =
  'form typ alg kid signature iss aud events exp iat nbf nonce auth_time acr at_hash claims state htm htu ath';
const parameters =
  'response_type client_id redirect_uri scope state nonce code_challenge code_challenge_method resource prompt code iss grant_type code_verifier subject_token post_logout_redirect_uri';

it.each(checks.split(' '))('the check of %s is explained, with its source and how to mend it', (name) => {
  expect(explainCheck(name)).toMatchObject({
    sentence: expect.stringMatching(/\.$/),
    source: { href: expect.stringMatching(/^https:/) },
    mend: expect.stringMatching(/\.$/),
  });
});

it.each(parameters.split(' '))('the parameter %s is explained, with its source', (name) => {
  expect(explainParameter(name)?.source.href).toMatch(/^https:/);
});

describe('what is in a message', () => {
  const { records, event, hop } = createRecorder();
  const failed = { name: 'exp', expected: 'after 1800000000', found: 1_700_000_000, passed: false };
  hop('shop', '/auth/callback', { parameters: [['code', '1a2b3c4d']] }, () => {
    event('shop', 'callback.checked', {
      clientId: 'shop',
      checks: [{ name: 'state', expected: 'a', found: 'a', passed: true }],
    });
    event('shop', 'token.checked', {
      token: 'id',
      clientId: 'shop',
      header: { alg: 'ES256' },
      claims: { sub: 'sub-ada' },
      otherClaims: ['name'],
      checks: [failed],
    });
    event('shop', 'cookies.handled', {
      method: 'GET',
      path: '/auth/callback',
      read: ['__Host-login-x'],
      set: [{ name: '__Host-login-x', attributes: ['Max-Age=0', 'Path=/'] }],
    });
  });
  const diagram = createDiagram();
  diagram.add(records);
  const [message] = diagram.messages();
  if (!message) throw new Error('nothing was drawn');

  it('is told with both values of each check, times as people read them', () => {
    expect(tokensOf(message)[0]?.checks).toEqual([
      {
        name: 'exp',
        expected: 'after 2027-01-15 08:00:00 UTC',
        found: '2023-11-14 22:13:20 UTC',
        passed: false,
      },
    ]);
    expect(answerChecksOf(message)).toMatchObject([{ name: 'state', passed: true }]);
  });

  it('is told with a sentence for each claim, and the names alone of all others', () => {
    const [token] = tokensOf(message);
    expect(token?.rows[0]).toMatchObject({
      name: 'sub',
      value: 'sub-ada',
      source: { label: 'RFC 7519 §4.1.2' },
    });
    expect(token?.otherClaims).toEqual(['name']);
  });

  it('names cookies, what was done with them and their attributes', () => {
    expect(cookiesOf(message)).toEqual([
      { name: '__Host-login-x', what: 'read', attributes: '' },
      { name: '__Host-login-x', what: 'deleted', attributes: 'Max-Age=0; Path=/' },
    ]);
  });

  it('lists parameters, also those whose value no log holds', () => {
    expect(parametersOf(message)).toEqual([['code', '1a2b3c4d']]);
  });
});
