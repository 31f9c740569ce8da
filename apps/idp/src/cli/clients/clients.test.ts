import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../../../test/command-line.ts';
import { HOSTILE_NAMES } from '../../../test/hostile-names.ts';
import { NOW, personOf } from '../../../test/store-samples.ts';
import { sha256 } from '../../foundation/secrets.ts';
import { openStore } from '../../store/index.ts';

const REDIRECT = ['--redirect-uri', 'https://wiki.example.com/cb'];

const secretIn = (said: readonly string[]) => /^client_secret: (.+)$/m.exec(said.join('\n'))?.[1] ?? '';
const withFile = (content: string) => ['--from', content];

describe('pnpm idp clients', () => {
  let folder: string;
  let line: CommandLine;
  let databaseUrl: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-cli-'));
    databaseUrl = `file:${join(folder, 'idp.sqlite')}`;
    line = createCommandLine(databaseUrl);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function stored(clientId = 'wiki') {
    const store = await openStore(databaseUrl);
    try {
      return await store.findStoredClient(clientId);
    } finally {
      await store.close();
    }
  }
  it('add shows a secret once and keeps its hash', async () => {
    const said = await line.run('clients', 'add', 'wiki', ...REDIRECT, '--name', 'The wiki', '--first-party');
    const secret = secretIn(said);
    expect(said[0]).toBe('client_id: wiki');
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await stored()).toMatchObject({
      secretHash: sha256(secret),
      registration: {
        client_name: 'The wiki',
        redirect_uris: ['https://wiki.example.com/cb'],
        first_party: true,
        id_token_signed_response_alg: 'RS256',
        require_pkce: true,
      },
    });
    expect(JSON.stringify(await stored())).not.toContain(secret);
    expect((await line.run('clients', 'show', 'wiki')).join()).not.toContain(secret);
    expect(line.events).toEqual([{ type: 'client.registered', clientId: 'wiki' }]);
  });

  it.each([
    ['logo-uri', 'logo_uri'],
    ['policy-uri', 'policy_uri'],
    ['tos-uri', 'tos_uri'],
    ['initiate-login-uri', 'initiate_login_uri'],
  ])('add --%s sets %s', async (option, member) => {
    const address = 'https://wiki.example.com/x';
    await line.run('clients', 'add', 'wiki', ...REDIRECT, `--${option}`, address);
    expect((await stored())?.registration).toMatchObject({ [member]: address });
  });

  it.each(HOSTILE_NAMES)('U-11 add refuses a name that is %s', async (_what, name) => {
    await expect(line.run('clients', 'add', 'wiki', ...REDIRECT, '--name', name)).rejects.toThrow(
      /^client_name (is one line|has a letter)/,
    );
    expect(await stored()).toBeUndefined();
  });

  it.each([
    ['a public client', ['--public', '--type', 'native', '--redirect-uri', 'com.example.app:/cb']],
    [
      'a client that signs',
      [...REDIRECT, '--auth-method', 'private_key_jwt', '--jwks-uri', 'https://a.example.com/jwks'],
    ],
  ])('add gives %s no secret', async (_what, words) => {
    expect(await line.run('clients', 'add', 'wiki', ...words)).toEqual(['client_id: wiki']);
    expect((await stored())?.secretHash).toBeUndefined();
  });

  it('add takes a file, and options win over it', async () => {
    const file = {
      redirect_uris: ['https://a.example.com/cb'],
      client_name: 'A',
      resources: ['https://api'],
    };
    line.files.set('wiki.json', JSON.stringify(file));
    await line.run('clients', 'add', 'wiki', '--from', 'wiki.json', '--name', 'B');
    expect((await stored())?.registration).toMatchObject({ ...file, client_name: 'B' });
  });

  it('ASVS 10.3.3 add refuses the sub of a person as client_id', async () => {
    const store = await openStore(databaseUrl);
    const person = personOf();
    await store.addPerson(person, NOW);
    await store.close();
    const added = line.run('clients', 'add', person.sub, ...REDIRECT);
    await expect(added).rejects.toThrow(`would share its id with the sub of "${person.username}"`);
    expect(await stored(person.sub)).toBeUndefined();
  });

  it('add takes a file with a byte order mark', async () => {
    line.files.set('wiki.json', '\uFEFF{"redirect_uris":["https://a.example.com/cb"]}');
    await line.run('clients', 'add', 'wiki', '--from', 'wiki.json');
    expect((await stored())?.registration).toMatchObject({ redirect_uris: ['https://a.example.com/cb'] });
  });

  it.each([
    ['no return address', [], /redirect_uris is missing/],
    ['http on a public host', ['--redirect-uri', 'http://a.example.com/cb'], /redirect_uris\.0 is an https/],
    ['a fragment', ['--redirect-uri', 'https://a.example.com/#x'], /no fragment/],
    ['a wildcard', ['--redirect-uri', 'https://*.example.com/cb'], /no wildcard/],
    ['a private-use scheme for a site', ['--redirect-uri', 'com.example.app:/cb'], /"native" \(RFC 8252/],
    ['an unknown grant', [...REDIRECT, '--grant', 'implicit'], /grant_types\.0/],
    ['a public client without PKCE', [...REDIRECT, '--public', '--no-pkce'], /require_pkce must stay on/],
    [
      'private_key_jwt without keys',
      [...REDIRECT, '--auth-method', 'private_key_jwt'],
      /jwks is missing: private_key_jwt/,
    ],
    [
      'X-19 logout at the metadata service',
      [...REDIRECT, '--backchannel-logout-uri', 'https://169.254.169.254/logout'],
      /backchannel_logout_uri names a private host \(169\.254\.169\.254\)/,
    ],
    [
      'X-19 keys on this machine',
      [...REDIRECT, '--auth-method', 'private_key_jwt', '--jwks-uri', 'http://localhost:1/jwks'],
      /jwks_uri names a private host \(localhost\)/,
    ],
    [
      'a member nobody knows',
      withFile('{"redirect_uri":"https://a.example.com/cb"}'),
      /redirect_uri is no member/,
    ],
    [
      'a secret of one’s own',
      withFile('{"client_secret":"canary-canary-canary"}'),
      /client_secret is no member/,
    ],
    [
      'U-16 a sector that can’t be asked',
      [
        ...REDIRECT,
        '--subject-type',
        'pairwise',
        '--sector-identifier-uri',
        'http://127.0.0.1:1/sector.json',
      ],
      /sector_identifier_uri can’t be fetched/,
    ],
    [
      'X-19 a sector on this machine',
      [...REDIRECT, '--sector-identifier-uri', 'http://localhost:1/sector.json'],
      /sector_identifier_uri names a private host \(localhost\)/,
    ],
    ['an encrypted ID token', withFile('{"id_token_encrypted_response_alg":"RSA-OAEP"}'), /is not supported/],
    ['what is no JSON', withFile('{"canary'), /is no JSON object/],
    ['what is no object', withFile('[]'), /is no JSON object/],
    ['a missing file', ['--from', 'missing'], /missing can’t be read/],
  ])('add refuses %s', async (_what, words, message) => {
    const [first, content = ''] = words;
    const isContent = first === '--from' && content !== 'missing';
    if (isContent) line.files.set('file.json', content);
    const given = isContent ? ['--from', 'file.json'] : words;
    await expect(line.run('clients', 'add', 'wiki', ...given)).rejects.toThrow(message);
    await expect(line.run('clients', 'add', 'wiki', ...given)).rejects.toThrow(
      expect.not.stringContaining('canary'),
    );
    expect(await stored()).toBeUndefined();
  });

  it('add lists everything that is wrong, and lets listed private hosts through', async () => {
    const wrong = ['--redirect-uri', 'x', '--grant', 'implicit', '--name', ''];
    await expect(line.run('clients', 'add', 'wiki', ...wrong)).rejects.toThrow(
      /client_name[^]*redirect_uris\.0[^]*grant_types\.0/,
    );
    const listed = ['--backchannel-logout-uri', 'https://app.internal/logout'];
    await expect(line.run('clients', 'add', 'wiki', ...REDIRECT, ...listed)).resolves.toHaveLength(3);
  });

  it('add and audiences say what a client stands for, and audiences shows it', async () => {
    const [api, feed] = ['https://wiki.example/api', 'https://wiki.example/feed'];
    await line.run('clients', 'add', 'wiki', ...REDIRECT, '--audience', api, '--resource', 'https://x');
    expect((await stored())?.registration).toMatchObject({ audiences: [api], resources: ['https://x'] });
    expect(await line.run('clients', 'audiences', 'wiki')).toEqual([`wiki: ${api}`]);
    const changed = await line.run('clients', 'audiences', 'wiki', '--add', feed, '--remove', api);
    expect(changed).toEqual([`wiki: ${feed}`]);
    expect(line.events.at(-1)).toEqual({ type: 'audiences.changed', clientId: 'wiki', audiences: [feed] });
    await expect(line.run('clients', 'audiences', 'wiki', '--none', '--add', api)).rejects.toThrow(
      /stands alone/,
    );
    expect(await line.run('clients', 'audiences', 'wiki', '--none')).toEqual(['wiki: stands for no API']);
    expect((await stored())?.registration).toMatchObject({ audiences: [], resources: ['https://x'] });
  });

  it.each([
    ['shop', 'of CLIENTS_FILE', 'https://shop.example/api'],
    ['first', 'of the database', 'https://first.example/api'],
  ])('add and audiences refuse what %s %s stands for, and name both', async (other, _where, api) => {
    await line.run('clients', 'add', 'first', ...REDIRECT, '--audience', 'https://first.example/api');
    const both = `Both "${other}" and "wiki" would stand for the audience "${api}"`;
    await expect(line.run('clients', 'add', 'wiki', ...REDIRECT, '--audience', api)).rejects.toThrow(both);
    expect(await stored()).toBeUndefined();
    await line.run('clients', 'add', 'wiki', ...REDIRECT);
    await expect(line.run('clients', 'audiences', 'wiki', '--add', api)).rejects.toThrow(both);
    expect((await stored())?.registration).toMatchObject({ audiences: [] });
  });

  it('add and audiences let no client stand for the provider itself', async () => {
    const self = 'The client "wiki" can\'t stand for https://id.example.com: that is this provider.';
    const standing = ['--audience', 'https://id.example.com'];
    await expect(line.run('clients', 'add', 'wiki', ...REDIRECT, ...standing)).rejects.toThrow(self);
    await line.run('clients', 'add', 'wiki', ...REDIRECT);
    const added = line.run('clients', 'audiences', 'wiki', '--add', 'https://id.example.com');
    await expect(added).rejects.toThrow(self);
  });

  it('list shows file and database, and which is which', async () => {
    await line.run('clients', 'add', 'wiki', ...REDIRECT, '--name', 'The wiki');
    expect(await line.run('clients', 'list')).toEqual([
      'shop  client_secret_basic|client_secret_post  file      The shop',
      'wiki  client_secret_basic|client_secret_post  database  The wiki',
    ]);
  });

  it('rotate-secret shows another one, once, and keeps the one before for a day', async () => {
    const before = secretIn(await line.run('clients', 'add', 'wiki', ...REDIRECT));
    const said = await line.run('clients', 'rotate-secret', 'wiki');
    const after = secretIn(said);
    expect(after).toMatch(/^[\w-]{43}$/);
    expect(after).not.toBe(before);
    expect(said.at(-1)).toContain('The old one is accepted until 2027-01-16T08:00:00Z.');
    const acceptedUntil = line.now + 86_400;
    const previousSecret = { hash: sha256(before), acceptedUntil };
    expect(await stored()).toMatchObject({ secretHash: sha256(after), previousSecret });
    expect(line.events.at(-1)).toEqual({
      type: 'secret.rotated',
      clientId: 'wiki',
      previousUntil: acceptedUntil,
    });
    const until = 'the secret before this one is accepted until 2027-01-16T08:00:00Z';
    expect(await line.run('clients', 'show', 'wiki')).toContain(until);
    line.now = acceptedUntil;
    expect(await line.run('clients', 'show', 'wiki')).not.toContain(until);
  });

  it.each([
    ['for as long as it is told', ['--overlap', '168'], 168 * 3600, /accepted until 2027-01-22T08/],
    ['no longer with --now', ['--now'], undefined, /worth nothing in a few seconds/],
  ])('rotate-secret keeps the one before %s', async (_what, words, seconds, told) => {
    const before = secretIn(await line.run('clients', 'add', 'wiki', ...REDIRECT));
    const said = await line.run('clients', 'rotate-secret', 'wiki', ...words);
    expect(said.at(-1)).toMatch(told);
    const previous = seconds && { hash: sha256(before), acceptedUntil: line.now + seconds };
    expect((await stored())?.previousSecret).toEqual(previous);
  });

  it.each([
    ['both at once', ['--overlap', '2', '--now']],
    ['no hours', ['--overlap', '0']],
    ['more than a year', ['--overlap', '8761']],
    ['hours in words', ['--overlap', 'day']],
  ])('rotate-secret refuses %s', async (_what, words) => {
    const before = secretIn(await line.run('clients', 'add', 'wiki', ...REDIRECT));
    const rotated = line.run('clients', 'rotate-secret', 'wiki', ...words);
    await expect(rotated).rejects.toThrow(/^(Say --overlap or --now|--overlap is a whole number)/);
    expect((await stored())?.secretHash).toBe(sha256(before));
  });

  it('rotate-secret refuses a client without one', async () => {
    await line.run('clients', 'add', 'wiki', ...REDIRECT, '--public');
    await expect(line.run('clients', 'rotate-secret', 'wiki')).rejects.toThrow(/has no secret/);
  });

  it('remove takes it away', async () => {
    await line.run('clients', 'add', 'wiki', ...REDIRECT);
    expect(await line.run('clients', 'remove', 'wiki')).toEqual(['wiki is removed']);
    expect(await stored()).toBeUndefined();
  });

  it.each(['show', 'remove', 'rotate-secret', 'audiences'])(
    '%s says where a client stands that it can’t find',
    async (verb) => {
      await expect(line.run('clients', verb, 'nobody')).rejects.toThrow(/There is no client "nobody"/);
      await expect(line.run('clients', verb, 'shop')).rejects.toThrow(/"shop" stands in CLIENTS_FILE/);
    },
  );

  it('add refuses an id that is taken', async () => {
    await line.run('clients', 'add', 'wiki', ...REDIRECT);
    await expect(line.run('clients', 'add', 'wiki', ...REDIRECT)).rejects.toThrow(/There is a client "wiki"/);
    await expect(line.run('clients', 'add', 'shop', ...REDIRECT)).rejects.toThrow(/stands in CLIENTS_FILE/);
  });
});
