import { z } from 'zod';
import { expect } from '../../fixtures/test.ts';
import { personWithEveryClaim } from '../../support/extra-people.ts';
import type { Check } from './check.ts';

/** Claims of the protocol rather than of the person: only an ID token has them. */
const PROTOCOL = ['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'sid', 'at_hash'];

/** Each announced claim reaches a client that asks for every scope, and it gets no other. */
export const claimsCheck: Check = async (client, announced) => {
  const { accessToken, claims } = await client.login(
    { scope: 'openid profile email address phone', nonce: 'once' },
    { username: personWithEveryClaim.username },
  );
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(client.endpoint('userinfo_endpoint'), { headers });
  const userinfo = Object.keys(z.record(z.string(), z.unknown()).parse(await response.json()));
  const found = new Set([...Object.keys(claims).filter((name) => PROTOCOL.includes(name)), ...userinfo]);
  expect([...found].toSorted()).toEqual(z.array(z.string()).parse(announced).toSorted());
};
