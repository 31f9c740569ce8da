import { z } from 'zod';
import { expect } from '../../fixtures/test.ts';
import { everyClaim } from '../../support/every-claim.ts';
import type { Check } from './check.ts';

/** Claims of the protocol rather than of the person: only an ID token has them. */
const PROTOCOL = ['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'sid', 'at_hash'];

/** Each announced claim reaches a client that asks for every scope, and it gets no other. */
export const claimsCheck: Check = async (stranger, announced) => {
  const { accessToken, claims } = await stranger.login(
    { scope: 'openid profile email address phone', nonce: 'once' },
    { username: everyClaim.username },
  );
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(stranger.endpoint('userinfo_endpoint'), { headers });
  const userinfo = Object.keys(z.record(z.string(), z.unknown()).parse(await response.json()));
  const found = new Set([...Object.keys(claims).filter((name) => PROTOCOL.includes(name)), ...userinfo]);
  expect([...found].toSorted()).toEqual(z.array(z.string()).parse(announced).toSorted());
};
