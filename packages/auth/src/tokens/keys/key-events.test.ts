import { describe, expect, it } from 'vitest';
import type { AuthEvent } from '../../foundation/index.ts';
import { createTestIssuer, createTestKey } from '../../testing/index.ts';
import { createRemoteKeys } from '../index.ts';

const jwksUri = 'https://issuer.example/jwks';

describe('the observer of the keys', () => {
  it('is told what was fetched, and why not', async () => {
    const events: AuthEvent[] = [];
    const issuer = await createTestIssuer();
    const { fetch } = issuer;
    const keys = createRemoteKeys({ jwksUri, fetch, observe: (event) => events.push(event) });
    await keys.refresh();
    issuer.fail('jwks', { status: 500 });
    await keys.refresh();
    expect(events).toEqual([
      { type: 'keys.fetched', jwksUri, kids: [issuer.keys.signer().kid] },
      { type: 'keys.failed', jwksUri, reason: "the answer's status is 500", cached: 1 },
    ]);
  });

  it('CWE-117 is shown names that break no line, and not too many', async () => {
    const { publicJwk } = await createTestKey();
    const named = (kid: string) => ({ ...publicJwk, kid });
    const jwks = [
      named('a\n"2030" admin signed in'),
      named('k'.repeat(100_000)),
      ...Array.from({ length: 50 }, () => publicJwk),
    ];
    const kids: string[] = [];
    const observe = (event: AuthEvent) => void (event.type === 'keys.fetched' && kids.push(...event.kids));
    const fetch = () => Promise.resolve(Response.json({ keys: jwks }));
    const keys = createRemoteKeys({ jwksUri, fetch, observe });
    await keys.refresh();
    expect(kids.slice(0, 2)).toEqual(['a??2030? admin signed in', `${'k'.repeat(120)}…`]);
    expect(kids).toHaveLength(20);
  });
});
