import { describe, expect, it } from 'vitest';
import { createRecorder, recordSignIn } from '../../test/recorded.ts';
import type { DiagramRecord } from '../records/record.ts';
import { createDiagram } from './diagram.ts';
import { groupFlows } from './flows.ts';
import { sentenceOf } from './sentences.ts';
import { statesAfter } from './site-states.ts';

const names = { 'sub-ada': 'Ada' };

function draw(records: readonly DiagramRecord[]) {
  const diagram = createDiagram();
  for (const one of records) diagram.add([one]);
  const messages = diagram.messages();
  const flows = groupFlows(messages);
  return { diagram, messages, flows, sentences: flows.map((flow) => sentenceOf(flow, names)) };
}

const arrows = (records: readonly DiagramRecord[]) =>
  draw(records).messages.map(({ from, to, title }) => `${from} → ${to}: ${title}`);

describe('a diagram', () => {
  it('puts a request that a site made meanwhile below the one that it answered, as its own', () => {
    const recorder = createRecorder();
    recordSignIn(recorder, 'shop');
    expect(arrows(recorder.records)).toEqual([
      'browser → shop: Begins a login and goes to the provider',
      'browser → idp: Asks for a sign-in',
      'browser → idp: Sees the sign-in page',
      'browser → idp: Sends username and passphrase',
      'browser → idp: Takes the answer back to the site',
      'browser → shop: Comes back with the provider’s answer',
      'shop → idp: Exchanges the code for tokens',
    ]);
  });

  it('is the same in whatever order requests and their events are read', () => {
    const recorder = createRecorder();
    recordSignIn(recorder, 'shop');
    const hopsFirst = recorder.records.toSorted((one, other) => one.kind.localeCompare(other.kind) * -1);
    const what = ({ messages, sentences }: ReturnType<typeof draw>) => [
      messages.map(({ title, from, events }) => [title, from, events.map(({ type }) => type)]),
      sentences,
    ];
    expect(what(draw(hopsFirst))).toEqual(what(draw(recorder.records)));
  });

  it('keeps the latest requests alone', () => {
    const recorder = createRecorder();
    for (let number = 0; number < 300; number += 1) recorder.hop('shop', `/products/${number}`);
    const diagram = createDiagram(100);
    diagram.add(recorder.records);
    expect(diagram.messages().length).toBeLessThanOrEqual(105);
    expect(diagram.messages().at(-1)?.title).toBe('Asks for /products/299');
  });

  it('says who calls an API by the client that its token was for', () => {
    const { records, event, hop } = createRecorder();
    hop('shop', '/api/products', { isBrowser: false }, () =>
      event('shop', 'bearer.accepted', { clientId: 'blog' }),
    );
    expect(arrows(records)).toEqual(['blog → shop: Calls the API: GET /api/products']);
  });

  it.each([
    [
      'an answer that was refused',
      'callback.rejected',
      { code: 'callback_state', message: 'start again' },
      'callback_state',
    ],
    [
      'a token that was refused',
      'token.checked',
      { code: 'token_audience', message: 'exchange it' },
      'token_audience',
    ],
    ['a server that asks for a nonce first', 'request.detailed', { error: 'use_dpop_nonce' }, undefined],
    [
      'a silent question that finds nobody',
      'callback.rejected',
      { code: 'callback_error', providerError: 'login_required' },
      undefined,
    ],
  ])('tells a failure from an answer: %s', (_what, type, data, code) => {
    const { records, event, hop } = createRecorder();
    hop('shop', '/auth/callback', { status: 303 }, () => event('shop', type, { clientId: 'shop', ...data }));
    expect(draw(records).messages[0]?.failure?.code).toBe(code);
  });
});

describe('a flow is told in a sentence', () => {
  it('of each kind, one after the other', () => {
    const recorder = createRecorder();
    const { event, hop, later } = recorder;
    recordSignIn(recorder, 'shop');
    recordSignIn(recorder, 'blog', { silent: true });
    later(60_000);
    hop('blog', '/notes/red', {}, () => {
      hop('idp', '/token', { method: 'POST', isBrowser: false, requestId: 'r-x' }, () =>
        event('idp', 'request.detailed', {
          requestId: 'r-x',
          parameters: { grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange' },
        }),
      );
      event('blog', 'token.exchanged', {
        audience: 'https://shop.localhost/api',
        sub: 'sub-ada',
        sid: 'sid at blog',
      });
      hop('shop', '/api/products', { isBrowser: false });
    });
    hop('shop', '/auth/security-events', { method: 'POST', isBrowser: false, status: 202 }, () =>
      event('shop', 'permissions.changed', { sub: 'sub-ada' }),
    );
    hop('shop', '/auth/logout', { method: 'POST', status: 303 }, () =>
      event('shop', 'logout.started', { sub: 'sub-ada' }),
    );
    hop('idp', '/end-session', { status: 303 });
    hop('blog', '/auth/backchannel-logout', { method: 'POST', isBrowser: false }, () =>
      event('blog', 'logout.received', { sid: 'sid at blog' }),
    );
    expect(draw(recorder.records).sentences).toEqual([
      'Ada signs in at the shop',
      'Silent sign-in of Ada at the blog',
      'Ada’s token is exchanged for the shop’s API',
      'Ada’s permissions have changed',
      'Ada is signed out everywhere',
    ]);
  });

  it('also where nobody is signed in elsewhere, and where somebody forged an answer', () => {
    const { records, event, hop } = createRecorder();
    const started = { clientId: 'shop', stateHash: 'a', silent: true };
    hop('shop', '/', { status: 303 }, () => event('shop', 'login.started', started));
    const nobody = { stateHash: 'a', code: 'callback_error', providerError: 'login_required' };
    hop('shop', '/auth/callback', { status: 303 }, () => event('shop', 'callback.rejected', nobody));
    const forged = { stateHash: 'b', code: 'callback_state', message: 'start the login again' };
    hop('blog', '/auth/callback', { status: 400 }, () => event('blog', 'callback.rejected', forged));
    expect(draw(records).sentences).toEqual([
      'Silent sign-in at the shop finds nobody',
      'A sign-in at the blog: refused (callback_state)',
    ]);
  });
});

describe('what each site knows', () => {
  it('is a session with its token after a sign-in, and nothing after it ended', () => {
    const recorder = createRecorder();
    recordSignIn(recorder, 'shop');
    const before = statesAfter(draw(recorder.records).messages);
    expect(before.shop).toMatchObject([
      {
        sub: 'sub-ada',
        tokens: [{ audience: 'https://shop.localhost/api', expiresAt: 1_800_000_600, permissions: ['read'] }],
      },
    ]);
    expect(before.idp).toMatchObject([{ sub: 'sub-ada', key: 'sign-on' }]);
    recorder.hop('shop', '/auth/backchannel-logout', { method: 'POST', isBrowser: false }, () =>
      recorder.event('shop', 'session.revoked', { sid: 'sid at shop' }),
    );
    expect(statesAfter(draw(recorder.records).messages).shop).toEqual([]);
  });
});
