import type { BlogDatabase } from '../posts/database.ts';

/** Keeps how somebody who writes here is called today. A call of an API brings no name, a session does. */
export async function rememberName(
  database: BlogDatabase,
  { sub, name }: { readonly sub: string; readonly name?: string | undefined },
): Promise<void> {
  if (name === undefined) return;
  await database
    .insertInto('people')
    .values({ sub, name })
    .onConflict((conflict) => conflict.column('sub').doUpdateSet({ name }))
    .execute();
}
