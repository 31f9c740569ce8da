import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramSettings, type Stack, startStack } from '@sso/dev';
import { access } from '@sso/domains';
import { freePort } from '../support/free-port.ts';
import type { NewApp } from './new-app.ts';

/** The API of the README's `access.ts`, as its provider knows it; demo people who are members may place orders. */
const readmeAccess = {
  audiences: {
    ...access.audiences,
    'https://shop.example/api': {
      title: 'Shop',
      permissions: { 'shop:names.write': 'Rename things', 'shop:orders.write': 'Place orders' },
    },
  },
  roles: { ...access.roles, member: [...access.roles.member, 'shop:orders.write'] },
};

const client = { id: 'new-app', secret: 'the secret of the new app, long enough' };

/** A stack with the new app at the shop's address, and nothing at the blog's. */
export async function startNewAppStack(app: NewApp, onLine: (line: string) => void): Promise<Stack> {
  const httpsPort = await freePort();
  const accessFile = join(tmpdir(), `new-app-access-${process.pid}.json`);
  writeFileSync(accessFile, JSON.stringify(readmeAccess));
  return startStack({
    mode: 'production',
    name: 'e2e-new-app',
    httpsPort,
    clients: [registration(`https://shop.localhost:${httpsPort}`)],
    programs: { shop: app.start, blog: nothing },
    appEnv: {
      idp: { ACCESS_FILE: accessFile },
      shop: { CLIENT_ID: client.id, CLIENT_SECRET: client.secret },
    },
    observe(event) {
      if (event.type === 'service.line' && event.name === 'shop') onLine(event.line);
    },
  });
}

function registration(origin: string) {
  return {
    client_id: client.id,
    client_secret: client.secret,
    client_name: 'A new app',
    client_uri: origin,
    redirect_uris: [`${origin}/auth/callback`],
    post_logout_redirect_uris: [`${origin}/auth/logged-out`],
    backchannel_logout_uri: `${origin}/auth/backchannel-logout`,
    backchannel_logout_session_required: true,
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
    first_party: true,
    resources: ['https://shop.example/api'],
    permissions: ['shop:names.write', 'shop:orders.write'],
  };
}

const nothing = ({ env }: ProgramSettings) => ({
  command: process.execPath,
  args: [
    '-e',
    `require('node:http').createServer((_, answer) => answer.end()).listen(process.env.PORT, '127.0.0.1')`,
  ],
  cwd: tmpdir(),
  env,
});
