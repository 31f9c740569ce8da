import { z } from 'zod';
import { estimateGuessBits, nameWordsOf } from '../identity/password-strength.ts';

/** Sixteen random characters are rated higher, and words or runs of keys lower. */
const LEAST_BITS = 70;
/** What comes after that makes no secret worse. */
const RATED_LENGTH = 64;

const entries = z.array(
  z.object({
    client_id: z.string(),
    client_secret: z.string().optional(),
    previous_client_secret: z.string().optional(),
  }),
);

/**
 * The warning about clients whose secret somebody made up: whoever guesses it is that client (RFC 6749 §10.10). It names
 * the clients, and nothing of their secrets. Undefined where no secret can be guessed.
 *
 * @param content of `CLIENTS_FILE`
 */
export function warnOfGuessableSecrets(content: unknown): string | undefined {
  const { data = [] } = entries.safeParse(content);
  const ids = data.flatMap((one) => (isGuessable(one) ? [one.client_id] : []));
  if (ids.length === 0) return undefined;
  return `CLIENTS_FILE: client_secret can be guessed for ${ids.join(', ')}. Put 32 random bytes in its place`;
}

function isGuessable({ client_id, ...secrets }: z.infer<typeof entries>[number]): boolean {
  const ours = nameWordsOf(client_id);
  return Object.values(secrets).some(
    (secret) => secret !== undefined && estimateGuessBits(secret.slice(0, RATED_LENGTH), ours) < LEAST_BITS,
  );
}
