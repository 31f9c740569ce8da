import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { createDpopProof, generateDpopKey } from '@sso/auth/tokens';
import { afterAll, describe, expect, it } from 'vitest';
import { authMigrations } from './auth-migrations.ts';
import { createAuthStores } from './auth-stores.ts';
import { openSiteDatabase } from './open-site-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'proofs-'));
const file = join(folder, 'site.sqlite');
afterAll(() => rmSync(folder, { recursive: true }));

const issuer = await createTestIssuer();
const { audience, clock } = issuer;
const key = await generateDpopKey();
const accessToken = await issuer.accessToken({ cnf: { jkt: key.kid } });
const url = 'https://shop.example/api/orders';

/** The API of one process of a site: a connection of its own to the file that all share. */
async function openNode() {
  const database = await openSiteDatabase({ site: 'shop', file, migrations: authMigrations });
  afterAll(() => database.destroy());
  const { spent } = createAuthStores(async () => database, clock);
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience,
    keys: issuer.keys.verificationKeys,
    clock,
    dpop: { publicUrl: 'https://shop.example', proofs: spent },
  });
  const handler = api.guard(() => new Response('ok'));
  return (proof: string) =>
    handler(new Request(url, { headers: { authorization: `DPoP ${accessToken}`, dpop: proof } }));
}

const nodes = [await openNode(), await openNode()] as const;
const prove = () => createDpopProof(key, { method: 'GET', url, accessToken, clock });

describe('a proof at the processes of one site', () => {
  it('§11.1 D-03 counts once: a replay at another node is refused', async () => {
    const proof = await prove();
    const [first, second] = nodes;
    expect((await first(proof)).status).toBe(200);
    for (const node of [second, first]) {
      const answer = await node(proof);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_dpop_proof"');
    }
  });

  it('§11.1 D-03 counts once of twenty that come to both at the same moment', async () => {
    const proof = await prove();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => nodes.map((node) => node(proof))).flat(),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
