import { TOKEN_CLAIMS_CHANGE } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOG_API, ISSUER } from '../../test/registrations.ts';
import { authorizePath, tokensFor } from '../../test/test-provider.ts';
import { openToldSites, type ToldChange, type ToldSites } from '../../test/told-sites.ts';
import { noticeKinds } from './notice-kinds.ts';

let sites: ToldSites;
beforeEach(async () => {
  sites = await openToldSites();
});
afterEach(() => sites[Symbol.asyncDispose]());

const tellDue = () => sites.idp.provider.outbox.tellDue();
const now = () => sites.idp.provider.clock();
const eventOf = ({ events }: ToldChange) => events[TOKEN_CLAIMS_CHANGE];
const eventsOf = (type: string) =>
  sites.idp.events.filter((event) => event.type === type && 'kind' in event && event.kind !== 'logout');
const takeAway = (...words: readonly string[]) =>
  sites.line.run('users', 'roles', 'ada', '--remove', 'member', '--now', ...words);

async function signInAt(...names: readonly ('shop' | 'blog' | 'wiki' | 'stranger')[]) {
  const browser = sites.idp.browser();
  for (const name of names) await sites.signInAt(name, browser);
  return browser;
}

describe('N-08 a security event token', () => {
  it('says of the person what they may do at the API of that site now, and when that changed', async () => {
    await signInAt('shop');
    await takeAway('--add', 'reader');
    await tellDue();
    expect(sites.changes).toHaveLength(1);
    const [told] = sites.changes;
    expect(told?.header).toMatchObject({ typ: 'secevent+jwt', alg: 'ES256' });
    expect(told?.contentType).toBe('application/secevent+jwt');
    expect(told?.claims).toEqual({
      iss: ISSUER,
      aud: 'shop',
      iat: now(),
      jti: expect.any(String),
      sub_id: { format: 'iss_sub', iss: ISSUER, sub: 'sub-ada' },
      events: {
        [TOKEN_CLAIMS_CHANGE]: {
          claims: { permissions: ['shop:products.read'] },
          event_timestamp: now(),
        },
      },
    });
  });

  it('is signed as the client registered, and says nothing of APIs that others stand for', async () => {
    await signInAt('wiki');
    await takeAway();
    await tellDue();
    expect(sites.changes.map(({ site, header }) => [site, header.alg])).toEqual([['wiki', 'EdDSA']]);
    expect(sites.changes.map((told) => eventOf(told).claims)).toEqual([{ permissions: [] }]);
  });

  it('names the person as that client knows them', async () => {
    const { clients, issuer, keys, subjectFor, clock } = sites.idp.provider;
    const quiet = clients.find('quiet');
    if (!quiet) throw new Error('there is no client "quiet"');
    const payload = { sub: 'sub-ada', jti: 'jti-1', told: { at: clock(), permissions: [] } };
    const notice = { id: 'n', kind: 'token-claims-change', clientId: 'quiet', sessionId: undefined } as const;
    const rest = { payload, recipient: undefined, shownTo: undefined, createdAt: 0, expiresAt: 1 };
    const signer = { issuer, keys, subjectFor, clock };
    const { render } = noticeKinds['token-claims-change'];
    const { body } = await render(signer, quiet, { ...notice, ...rest, tries: 1, leasedUntil: 2 });
    expect(decodeJwt(body)['sub_id']).toEqual({
      format: 'iss_sub',
      iss: ISSUER,
      sub: subjectFor(quiet, 'sub-ada'),
    });
    expect(subjectFor(quiet, 'sub-ada')).not.toBe('sub-ada');
  });

  it('is the same at each try, whatever has changed since', async () => {
    sites.eventAnswers.set('shop', (response) => response.writeHead(503).end());
    await signInAt('shop');
    await takeAway('--add', 'reader');
    await tellDue();
    sites.idp.advanceClock(1);
    await sites.line.run('users', 'roles', 'ada', '--remove', 'reader');
    await tellDue();
    const [first, second] = sites.changes;
    expect(sites.changes).toHaveLength(2);
    expect(second?.claims).toEqual(first?.claims);
  });
});

describe('N-06 a security event is delivered', () => {
  it('by 202', async () => {
    await signInAt('shop');
    await takeAway();
    await tellDue();
    sites.idp.advanceClock(10);
    await tellDue();
    expect(sites.changes).toHaveLength(1);
    expect(eventsOf('notice.delivered')).toMatchObject([
      { kind: 'token-claims-change', clientId: 'shop', tries: 1 },
    ]);
  });

  it.each([200, 201, 204, 302, 400, 401, 404, 429, 500, 503])(
    'not by %i: it is tried again',
    async (status) => {
      sites.eventAnswers.set('shop', (response) => response.writeHead(status, { location: '/x' }).end());
      await signInAt('shop');
      await takeAway();
      await tellDue();
      expect(sites.changes).toHaveLength(1);
      sites.eventAnswers.delete('shop');
      sites.idp.advanceClock(1);
      await tellDue();
      expect(eventsOf('notice.delivered')).toMatchObject([{ clientId: 'shop', tries: 2 }]);
    },
  );

  it('to a site that was down for an hour, once it is back', async () => {
    sites.eventAnswers.set('shop', (response) => response.destroy());
    await signInAt('shop');
    await takeAway();
    await tellDue();
    const changedAt = now();
    for (let minute = 0; minute < 60; minute += 1) {
      sites.idp.advanceClock(60);
      await tellDue();
    }
    sites.eventAnswers.delete('shop');
    sites.idp.advanceClock(60);
    await tellDue();
    expect(eventsOf('notice.delivered')).toHaveLength(1);
    expect(new Set(sites.changes.map((told) => eventOf(told).event_timestamp))).toEqual(new Set([changedAt]));
  });

  it('though a site takes no logout tokens: the two addresses fail apart', async () => {
    sites.answers.set('shop', (response) => response.writeHead(503).end());
    await signInAt('shop');
    await sites.line.run('users', 'disable', 'ada');
    await tellDue();
    expect(eventsOf('notice.delivered')).toMatchObject([{ kind: 'token-claims-change' }]);
  });
});

const toldSites = () => sites.changes.map(({ site }) => site).toSorted();

describe('N-09 who is told', () => {
  it('each site that sessions of the person reached, once', async () => {
    await signInAt('shop', 'blog');
    await signInAt('shop', 'wiki');
    await takeAway();
    await tellDue();
    expect(toldSites()).toEqual(['blog', 'shop', 'wiki']);
  });

  it('the site of an API that a token was exchanged for', async () => {
    const { access_token } = await tokensFor(
      sites.idp,
      authorizePath({ resource: 'https://shop.example/api' }),
    );
    const exchange = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource: BLOG_API,
    };
    expect((await sites.idp.token(exchange)).status).toBe(200);
    await takeAway();
    await tellDue();
    expect(toldSites()).toEqual(['blog', 'shop']);
  });

  it('all with the same second, also where one hears later', async () => {
    sites.eventAnswers.set('blog', (response) => response.writeHead(503).end());
    await signInAt('shop', 'blog');
    await takeAway();
    await tellDue();
    sites.idp.advanceClock(5);
    await tellDue();
    expect(new Set(sites.changes.map((told) => eventOf(told).event_timestamp)).size).toBe(1);
  });

  it('nobody of another person', async () => {
    await sites.signInAt('shop', sites.idp.browser(), 'ben');
    await takeAway();
    await tellDue();
    expect(sites.changes).toEqual([]);
  });

  it('nobody without --now', async () => {
    await signInAt('shop');
    await sites.line.run('users', 'roles', 'ada', '--remove', 'member');
    await tellDue();
    expect(sites.changes).toEqual([]);
  });

  it('nobody once the session that reached the site has ended', async () => {
    const browser = await signInAt('shop');
    await browser.post('/sign-out', {});
    await takeAway();
    await tellDue();
    expect(sites.changes).toEqual([]);
  });

  it.each([['disable'], ['remove']])('each site, of nothing left, by users %s', async (verb) => {
    await signInAt('shop', 'blog');
    await sites.line.run('users', verb, 'ada');
    await tellDue();
    expect(toldSites()).toEqual(['blog', 'shop']);
    expect(sites.changes.map((told) => eventOf(told).claims)).toEqual([
      { permissions: [] },
      { permissions: [] },
    ]);
  });

  it('nobody waits for a site that has no address for it', async () => {
    const { provider } = sites.idp;
    await tokensFor(
      sites.idp,
      authorizePath({ client_id: 'modern', redirect_uri: 'https://modern.example/auth/callback' }),
    );
    await takeAway();
    await tellDue();
    expect(await provider.store.countNotices()).toMatchObject({ waiting: 0 });
  });
});
