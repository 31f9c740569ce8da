import { jsonColumn } from './columns.ts';
import type { Database } from './prepared.ts';

/** A second client can't stand for an audience that another one stands for. */
export class SharedAudienceError extends Error {
  override readonly name = 'SharedAudienceError';

  constructor(audience: string, [one, other]: readonly [one: string, other: string]) {
    super(
      `Both "${one}" and "${other}" would stand for the audience "${audience}". Leave it among the audiences of one of them.`,
    );
  }
}

const registrationColumn = jsonColumn<{ readonly audiences?: unknown }>();

/**
 * Call it in the transaction that writes the client: changes of clients wait for one another there.
 *
 * @throws SharedAudienceError when another stored client stands for one of these audiences.
 */
export async function refuseSharedAudience(
  db: Database,
  clientId: string,
  audiences: readonly string[],
): Promise<void> {
  if (audiences.length === 0) return;
  const others = db.selectFrom('clients').select(['client_id', 'registration']);
  for (const { client_id, registration } of await others.where('client_id', '<>', clientId).execute()) {
    const theirs = audiencesIn(registrationColumn.read(registration));
    const shared = audiences.find((audience) => theirs.includes(audience));
    if (shared !== undefined) throw new SharedAudienceError(shared, [client_id, clientId]);
  }
}

/** What a stored registration says that its client stands for. Earlier releases stored nothing about it. */
export function audiencesIn({ audiences }: { readonly audiences?: unknown }): readonly string[] {
  return Array.isArray(audiences) ? audiences.filter((one) => typeof one === 'string') : [];
}
