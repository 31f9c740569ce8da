import { appList, explorer } from '@sso/domains';
import type { Stack } from '../stack/stack.ts';
import { describePerson } from '../stack/demo-people.ts';
import type { TrustState } from '../trust/find-stores.ts';
import type { Paint } from '../terminal/paint.ts';

/** What a person needs to know once everything runs. */
export function bannerOf(
  stack: Pick<Stack, 'origins' | 'explorer' | 'people'>,
  trust: readonly TrustState[],
  paint: Paint,
): string {
  return [
    '',
    ...addresses(stack, paint),
    '',
    ...demoPeople(stack, paint),
    '',
    ...certificate(trust, paint),
    `  ${paint('dim', 'Ctrl-C ends everything.')}`,
    '',
  ].join('\n');
}

function addresses(stack: Pick<Stack, 'origins' | 'explorer'>, paint: Paint): string[] {
  const tools =
    stack.explorer === undefined ? [] : [[explorer.title, stack.explorer, explorer.tagline] as const];
  const rows = [
    ...appList.map(({ name, title, tagline }) => [title, stack.origins[name], tagline] as const),
    ...tools,
  ];
  const [first = 0, second = 0] = [0, 1].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map(
    ([title, origin, tagline]) =>
      `  ${paint('bold', title.padEnd(first))}  ${paint('cyan', origin.padEnd(second))}  ${paint('dim', tagline)}`,
  );
}

function demoPeople({ people }: Pick<Stack, 'people'>, paint: Paint): string[] {
  const names = Math.max(...people.map(({ username }) => username.length));
  const words = Math.max(...people.map(({ password }) => password.length));
  return [
    `  ${paint('bold', 'Sign in as'.padEnd(names))}  ${paint('bold', 'passphrase'.padEnd(words))}`,
    ...people.map(
      (person) =>
        `  ${person.username.padEnd(names)}  ${person.password.padEnd(words)}  ${paint('dim', describePerson(person))}`,
    ),
  ];
}

function certificate(trust: readonly TrustState[], paint: Paint): string[] {
  const known = trust.filter(({ trusted }) => trusted).map(({ store }) => store.name);
  const unknown = trust.filter(({ trusted }) => !trusted).map(({ store }) => store.name);
  if (unknown.length === 0 && known.length > 0) {
    return [`  ${paint('green', '✓')} The local certificate is trusted by ${known.join(', ')}.`];
  }
  const where = unknown.length === 0 ? 'your browsers' : unknown.join(', ');
  return [
    `  ${paint('yellow', '!')} The local certificate is not trusted yet by ${where}: browsers will warn.`,
    `    ${paint('bold', 'pnpm trust')} ends that (npx -y pnpm@12 trust), pnpm untrust takes it back.`,
  ];
}

/** What to do about a site that is up and shows an error for its first page. */
export function firstPageFailed(title: string, database: string): string {
  return (
    `✗ ${title} answers its first page with 500: its lines above say why. ` +
    `If they name its database, delete ${database}* and start again; the demo data is created anew.`
  );
}
