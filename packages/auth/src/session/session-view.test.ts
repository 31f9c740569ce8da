import { describe, expect, expectTypeOf, it } from 'vitest';
import { toBase64url } from '../foundation/index.ts';
import { defaultLifetimes } from './lifetimes.ts';
import { type SessionView, viewSession } from './session-view.ts';

const NOW = 1_900_000_000;

/** The view of a session whose access token says so much; the seal stands for its signature. */
function view(claims: object, { audience }: { audience?: string } = { audience: 'https://app.example/api' }) {
  const payload = toBase64url(new TextEncoder().encode(JSON.stringify(claims)));
  const session = {
    v: 1,
    id: 'session',
    claims: { iss: 'https://id.example', sub: 'ada' },
    accessToken: `e30.${payload}.c2ln`,
    accessTokenExpiresAt: NOW + 60,
    refreshDueAt: NOW,
    issuedAt: NOW,
    lastSeenAt: NOW,
    absoluteExpiresAt: NOW + 3600,
  } as const;
  const context = { audience, permissionsClaim: 'scp', lifetimes: defaultLifetimes, clock: () => NOW };
  return viewSession(context, session);
}

describe('the permissions of a session', () => {
  it.each([
    ['a list', ['read', 'write']],
    ['a text with spaces, as some providers write it', 'read  write'],
  ])('may be %s', (_what, scp) => {
    expect(view({ scp }).permissions).toEqual(['read', 'write']);
  });

  it.each([
    ['a number', 7],
    ['an object', { read: true }],
    ['null', null],
    ['a list of no names', [1, null, '']],
  ])('are none in %s', (_what, scp) => {
    expect(view({ scp }).permissions).toEqual([]);
  });

  it('T-16 are not those of a token that was asked for no audience of this site', () => {
    const session = view({ scp: ['read'] }, {});
    expect(session.permissions).toEqual([]);
    expect(session.can('read')).toBe(false);
    expect(session.accessTokenClaims).toBeUndefined();
  });
});

it('a view of some permissions is none of any: a typo in them does not compile', () => {
  expectTypeOf<SessionView<'things.read'>>().not.toExtend<SessionView>();
  expectTypeOf<SessionView<'things.read'>>().not.toExtend<SessionView<'things.read' | 'things.write'>>();
});
