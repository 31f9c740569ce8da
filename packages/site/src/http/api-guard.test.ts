import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { openSiteDatabase } from '../database/index.ts';
import { type ApiEvent, createApiGuard, type ObserveApi } from './api-guard.ts';
import { ProblemError } from './problem.ts';

const { audience } = apps.shop;
const testIssuer = await createTestIssuer({ audience });
const { issuer, fetch, clock } = testIssuer;
const resource = createResourceServer({ issuer, audience, access, fetch, clock });

const guardOf = (observe: ObserveApi) => createApiGuard(resource, observe);

type Handler = Parameters<ReturnType<typeof guardOf>>[0];

async function answerOf(handle: Handler) {
  const events: ApiEvent[] = [];
  const guarded = guardOf((event) => events.push(event))(handle);
  const authorization = `Bearer ${await testIssuer.accessToken({ permissions: [] })}`;
  const response = await guarded(new Request('https://site.example/api', { headers: { authorization } }));
  return { response, events };
}

const openMissing = () => openSiteDatabase({ site: 'shop', file: '/nothing/is/here.sqlite', migrations: {} });

describe('the guard of an API', () => {
  it('F-17 answers 503 with Retry-After while the database is away, and says so to the log', async () => {
    const { response, events } = await answerOf(async () => Response.json(await openMissing()));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      error: 'temporarily_unavailable',
    });
    expect(text).not.toContain('here.sqlite');
    expect(events).toEqual([{ type: 'database.unavailable', code: 'SQLITE_CANTOPEN' }]);
  });

  it('answers a problem, which is no news for the log', async () => {
    const { response, events } = await answerOf(() => {
      throw new ProblemError({ status: 404, error: 'gone', detail: 'It is not there.' });
    });
    expect(response.status).toBe(404);
    expect(response.headers.has('retry-after')).toBe(false);
    expect(events).toEqual([]);
  });

  it('answers what the token lacks with its challenge', async () => {
    const { response } = await answerOf((_request, token) => {
      resource.requirePermission(token, 'shop:orders.read');
      return Response.json({});
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  it('lets a mistake go on', async () => {
    await expect(
      answerOf(() => {
        throw new TypeError('a mistake');
      }),
    ).rejects.toThrow('a mistake');
  });
});
