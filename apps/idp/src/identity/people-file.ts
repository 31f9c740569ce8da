import { z } from 'zod';
import { randomId } from '../foundation/secrets.ts';
import { nameProblemsIn } from '../foundation/names.ts';
import type { Person, Store } from '../store/index.ts';
import { NAME_CLAIMS } from './claims.ts';
import { findHashProblem, requireFewCosts } from './password-costs.ts';
import { OUR_COST, type PasswordHasher } from './password-hasher.ts';
import { normalizeUsername } from './username.ts';

const entrySchema = z
  .looseObject({
    username: z.string().min(1).max(200),
    password: z.string().min(1).max(1024).optional(),
    password_hash: z
      .string()
      .superRefine((hash, context) => {
        const message = findHashProblem(hash);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      })
      .optional(),
    roles: z.array(z.string()).default([]),
    updated_at: z.number().nonnegative().optional(),
    sub: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, 'is 1 to 255 printable characters')
      .optional(),
  })
  .refine((entry) => (entry.password === undefined) !== (entry.password_hash === undefined), {
    message: 'has exactly one of password and password_hash',
  })
  .superRefine((entry, context) => {
    for (const [member, message] of nameProblemsIn(entry, ['username', ...NAME_CLAIMS]))
      context.addIssue({ code: 'custom', path: [member], message });
  });

export type PersonEntry = z.infer<typeof entrySchema>;

/**
 * Checks the content of `USERS_FILE`: `username`, `password` or `password_hash`, `roles`, and OIDC claims.
 *
 * @throws Error that lists what is wrong; never a passphrase.
 */
export function parsePeople(content: unknown): PersonEntry[] {
  const parsed = z.array(entrySchema).safeParse(content);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `  person ${path.join('.')}: ${message}`).join('\n'),
    );
  }
  refuseTwice(parsed.data.map(({ username }) => normalizeUsername(username)));
  refuseTwice(parsed.data.flatMap(({ sub }) => sub ?? []));
  return parsed.data;
}

function refuseTwice(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`  person "${twice}" is there twice`);
}

/** Adds the people who are not there yet; never changes anybody who is. Returns how many were added. */
export async function importPeople(
  entries: readonly PersonEntry[],
  context: { store: Store; passwords: PasswordHasher; now: number },
): Promise<number> {
  const { store, passwords, now } = context;
  const hashes = entries.flatMap((entry) => entry.password_hash ?? []);
  await store.forgetUnusedPasswordCosts();
  requireFewCosts(hashes, [OUR_COST, ...(await store.listPasswordCosts())]);
  let added = 0;
  // One after another: hashing is bounded, and a long file would overrun its queue.
  for (const entry of entries) {
    if (await store.findPersonByUsername(normalizeUsername(entry.username))) continue;
    if (await store.addPerson(await toPerson(entry, passwords, now), now)) added += 1;
  }
  return added;
}

async function toPerson(entry: PersonEntry, passwords: PasswordHasher, now: number): Promise<Person> {
  const { username, password, password_hash, roles, sub, updated_at = now, ...claims } = entry;
  return {
    sub: sub ?? randomId(),
    username: normalizeUsername(username),
    passwordHash: password_hash ?? (await passwords.hash(password ?? '')),
    roles,
    claims,
    disabled: false,
    // The file may say when the person was last changed elsewhere; adding them here changes nothing.
    updatedAt: Math.min(Math.floor(updated_at), now),
  };
}
