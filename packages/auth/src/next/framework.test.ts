import { expect, it } from 'vitest';
import { createCookieJar } from '../session/index.ts';
import { toNextCookie } from './framework.ts';

const jar = createCookieJar('https://app.example');
const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: true };

it.each([
  ['a new session', jar.set('__Host-session', 'a.b~c', 1800), { value: 'a.b~c', maxAge: 1800 }],
  [
    'the end of one, which a browser heeds only with all its attributes',
    jar.remove('__Host-session'),
    { value: '', maxAge: 0 },
  ],
])('Next’s cookie jar gets %s', (_what, change, cookie) => {
  expect(toNextCookie(change)).toEqual({ name: '__Host-session', ...attributes, ...cookie });
});
