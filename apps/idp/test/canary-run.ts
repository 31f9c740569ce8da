import { createBrowser } from './browser.ts';
import { authorizePath, codeForm, signIn, tokenRequest, type Tokens } from './test-provider.ts';
import { clients, ISSUER, people, SHOP_API } from './registrations.ts';

export type Send = (request: Request) => Promise<Response>;

export const INITIAL_ACCESS_TOKEN = 'canary-initial-access-token-0123456789';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** Does everything a provider does, the refusals included, and returns every secret that was on the way. */
export async function runWithCanaries(send: Send): Promise<string[]> {
  const browser = createBrowser(ISSUER, send);
  const asked = { state: 'canary-state', nonce: 'canary-nonce', resource: SHOP_API };
  await refusedSignIns(send);
  const callback = await signIn(browser, authorizePath(asked));
  const cookies = [...browser.cookies.values()];
  const { tokens, secrets } = await everyToken(send, callback);
  const registered = await registration(send);
  const out = { id_token_hint: tokens.id_token, state: 'canary-bye' };
  await browser.get(`/end-session?${new URLSearchParams(out).toString()}`);
  await refusals(send, tokens);
  return [
    ...people.map(({ password }) => password),
    ...clients.flatMap(({ client_secret }) => client_secret ?? []),
    ...cookies,
    ...secrets,
    ...registered,
    callback.searchParams.get('code') ?? '',
    codeForm(callback)['code_verifier'] ?? '',
    'canary',
  ];
}

/** Wrong passphrases of somebody known and somebody unknown; cancelled; without cookies. */
async function refusedSignIns(send: Send): Promise<void> {
  const browser = createBrowser(ISSUER, send);
  const path = authorizePath({ state: 'canary-cancelled', login_hint: 'canary@example.com' });
  const form = new URL((await browser.get(path)).headers.get('location') ?? '').pathname;
  for (const username of ['ada', 'canary-nobody'])
    await browser.post(form, { username, password: 'canary canary canary' });
  await browser.post(form, { username: 'ada', password: 'canary' }, { origin: 'https://canary.example' });
  await createBrowser(ISSUER, send).get(form);
  await browser.get(authorizePath({ state: 'canary', prompt: 'none' }));
  await browser.get(authorizePath({ redirect_uri: 'https://canary.example/cb', state: 'canary' }));
  await browser.get(authorizePath({ code_challenge_method: 'plain', state: 'canary' }));
}

async function everyToken(send: Send, callback: URL) {
  const ask = async (form: Record<string, string>): Promise<Tokens> =>
    (await send(tokenRequest(form))).json();
  const first = await ask(codeForm(callback));
  const second = await ask({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
  const exchange = { subject_token: second.access_token, subject_token_type: ACCESS_TOKEN };
  const third = await ask({ grant_type: EXCHANGE, ...exchange, resource: SHOP_API });
  const own = await ask({
    grant_type: 'refresh_token',
    refresh_token: second.refresh_token,
    resource: ISSUER,
  });
  await send(bearer('/userinfo', own.access_token));
  await send(tokenRequest({ token: own.access_token }, 'shop', '/introspect'));
  await send(tokenRequest({ token: own.refresh_token }, 'shop', '/revoke'));
  const all = [first, second, third, own];
  const secrets = all.flatMap(({ access_token, refresh_token, id_token }) => [
    ...[access_token, refresh_token, id_token].filter(Boolean),
    // The end of a token is worth hiding too: whoever has it needs only public parts to make the whole.
    ...[access_token, id_token].flatMap((token) => token?.split('.').at(-1) ?? []),
  ]);
  return { tokens: own, secrets };
}

async function registration(send: Send): Promise<string[]> {
  const register = (body: string, token: string) =>
    send(
      new Request(`${ISSUER}/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      }),
    );
  await register('{"canary', INITIAL_ACCESS_TOKEN);
  await register('{}', 'canary-wrong-token');
  const metadata = JSON.stringify({ redirect_uris: ['https://foreign.example.com/cb'] });
  const { client_secret }: { client_secret: string } = await (
    await register(metadata, INITIAL_ACCESS_TOKEN)
  ).json();
  return [client_secret, INITIAL_ACCESS_TOKEN];
}

/** What used up or made up values, odd methods, addresses and headers are answered. */
async function refusals(send: Send, tokens: Tokens): Promise<void> {
  const forms = [
    {
      grant_type: 'authorization_code',
      code: 'canary-code',
      redirect_uri: 'canary',
      code_verifier: 'canary',
    },
    { grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
    { grant_type: 'refresh_token', refresh_token: `${'canary'.padEnd(22, 'x')}.${'canary'.padEnd(22, 'x')}` },
    { grant_type: EXCHANGE, subject_token: 'eyJjYW5hcnk.canary.canary', subject_token_type: ACCESS_TOKEN },
    { grant_type: 'canary-grant', client_secret: 'canary' },
  ];
  for (const form of forms) await send(tokenRequest(form));
  const basic = `Basic ${Buffer.from('shop:canary-secret').toString('base64')}`;
  const post = {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams({ code: 'canary' }),
  };
  await send(new Request(`${ISSUER}/token?client_secret=canary`, post));
  await send(bearer('/userinfo', `${tokens.access_token}canary`));
  await send(bearer('/userinfo?access_token=canary', 'canary'));
  const cookie = '__Host-sso=canary-canary-canary; __Host-interaction=canary-canary-canary';
  const headers = {
    cookie,
    'x-request-id': 'given-by-a-proxy',
    'user-agent': 'canary',
    referer: 'https://a/?canary',
  };
  for (const path of [
    '/account',
    '/canary/canary?canary=canary',
    '/sign-in/canary',
    '/authorize/canary?code=canary',
  ])
    await send(new Request(ISSUER + path, { headers }));
  await send(new Request(`${ISSUER}/token?canary`, { method: 'PUT', headers }));
}

function bearer(path: string, token: string): Request {
  return new Request(ISSUER + path, { headers: { authorization: `Bearer ${token}` } });
}
