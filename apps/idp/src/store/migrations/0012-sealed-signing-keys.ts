import { type Kysely, sql } from 'kysely';

/**
 * Private keys lay in clear in `private_jwk`. The tables know no key to seal them with: what is in clear moves to
 * `unsealed_jwk`, and the next start seals it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db);
  const { rows } = await sql<EarlierRow>`select * from signing_keys`.execute(db);
  for (const row of rows) await copyRow(db, row);
  await sql`drop table signing_keys`.execute(db);
  await sql`alter table sealed_signing_keys rename to signing_keys`.execute(db);
  await sql`create unique index signing_keys_one_of_a_state on signing_keys (alg, state)
    where state in ('current', 'next')`.execute(db);
}

async function createTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('sealed_signing_keys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('alg', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('public_jwk', 'text', (column) => column.notNull())
    .addColumn('sealed_jwk', 'text')
    .addColumn('unsealed_jwk', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('activated_at', 'bigint')
    .addColumn('published_until', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .execute();
}

interface EarlierRow {
  readonly kid: string;
  readonly alg: string;
  readonly state: string;
  readonly private_jwk: string;
  readonly created_at: number;
  readonly activated_at: number | null;
  readonly published_until: number | null;
}

async function copyRow(db: Kysely<unknown>, row: EarlierRow): Promise<void> {
  const jwk: Record<string, unknown> = JSON.parse(row.private_jwk);
  // A key that is published no more has lost its private half already.
  const unsealed = jwk['d'] === undefined ? null : row.private_jwk;
  await sql`insert into sealed_signing_keys
    (kid, alg, state, public_jwk, unsealed_jwk, created_at, activated_at, published_until)
    values (${row.kid}, ${row.alg}, ${row.state}, ${publicHalf(jwk)}, ${unsealed}, ${row.created_at},
      ${row.activated_at}, ${row.published_until})`.execute(db);
}

/** RFC 7518 §6, RFC 8037 §2: what of a key anybody may know. */
function publicHalf({ kid, kty, alg, use, crv, x, y, n, e }: Record<string, unknown>): string {
  return JSON.stringify({ kid, kty, alg, use, crv, x, y, n, e });
}
