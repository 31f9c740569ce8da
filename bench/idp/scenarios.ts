import { createHash } from 'node:crypto';
import { API, CLIENT } from '../peers/parties.ts';
import type { Answer, Connection } from './connection.ts';
import { requestText } from './connection.ts';
import type { Contender } from './contender.ts';

/** What one of the clients in flight does again and again. */
type Operation = () => Promise<void>;

export interface Scenario {
  readonly name: string;
  /** Makes ready for one client in flight, which has a connection of its own. */
  readonly prepare: (contender: Contender, connection: Connection) => Promise<Operation>;
}

const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-0123';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const AUTHORIZATION = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;

export function authorizeQuery(state: string): string {
  return new URLSearchParams({
    client_id: CLIENT.id,
    redirect_uri: CLIENT.redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state,
    nonce: state,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  }).toString();
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'code + PKCE',
    async prepare(contender, connection) {
      const cookie = await contender.signIn();
      return async () => void (await codeRound(contender, connection, cookie));
    },
  },
  {
    name: 'refresh',
    async prepare(contender, connection) {
      let { refresh_token } = await codeRound(contender, connection, await contender.signIn());
      return async () => {
        const form = { grant_type: 'refresh_token', refresh_token };
        ({ refresh_token } = await askToken(contender, connection, form));
      };
    },
  },
  {
    name: 'client_credentials',
    prepare: async (contender, connection) => async () => {
      await askToken(contender, connection, { grant_type: 'client_credentials', resource: API });
    },
  },
  {
    name: 'userinfo',
    async prepare(contender, connection) {
      const { access_token } = await codeRound(contender, connection, await contender.signIn());
      const headers = { Authorization: `Bearer ${access_token}` };
      const request = requestText(contender.paths.userinfo, { headers });
      return async () => void requireText('"sub"', await connection.send(request));
    },
  },
  {
    name: 'introspection',
    async prepare(contender, connection) {
      const { access_token } = await codeRound(contender, connection, await contender.signIn());
      const form = { token: access_token };
      const request = requestText(contender.paths.introspect, {
        headers: { Authorization: AUTHORIZATION },
        form,
      });
      return async () => void requireText('"active":true', await connection.send(request));
    },
  },
  {
    name: 'JWKS',
    async prepare({ paths }, connection) {
      const request = requestText(paths.jwks);
      return async () => void requireText('"keys"', await connection.send(request));
    },
  },
];

let rounds = 0;

/** From the authorization request of a browser that is signed in to the tokens. */
async function codeRound(contender: Contender, connection: Connection, Cookie: string): Promise<Tokens> {
  const query = authorizeQuery(`state-${(rounds += 1)}`);
  const answer = await connection.send(
    requestText(`${contender.paths.authorize}?${query}`, { headers: { Cookie } }),
  );
  const code = /[?&]code=([^&]+)/.exec(answer.header('location') ?? '')?.[1];
  if (code === undefined) throw new Error(`${contender.name} gave no code: ${answer.status}`);
  return askToken(contender, connection, {
    grant_type: 'authorization_code',
    code: decodeURIComponent(code),
    redirect_uri: CLIENT.redirectUri,
    code_verifier: VERIFIER,
  });
}

async function askToken(
  { paths }: Contender,
  connection: Connection,
  form: Readonly<Record<string, string>>,
): Promise<Tokens> {
  const headers = { Authorization: AUTHORIZATION };
  const answer = await connection.send(requestText(paths.token, { headers, form }));
  return JSON.parse(requireText('"access_token"', answer));
}

/** An error is quick as well: what is measured has to be the right answer. */
function requireText(expected: string, { status, body }: Answer): string {
  if (status === 200 && body.includes(expected)) return body;
  throw new Error(`answered ${status} without ${expected}: ${body.slice(0, 200)}`);
}
