import { ProblemError } from './problem.ts';

/**
 * The `Idempotency-Key` header (draft-ietf-httpapi-idempotency-key-header): without it a request whose answer was lost
 * could not be sent again.
 *
 * @throws ProblemError 400
 */
export function requireIdempotencyKey({ headers }: Pick<Request, 'headers'>): string {
  const key = headers.get('idempotency-key') ?? '';
  if (/^[\x21-\x7E]{1,255}$/.test(key)) return key;
  const detail =
    'Send an Idempotency-Key of 1 to 255 printable characters, a new one for each thing that is made.';
  throw new ProblemError({
    status: 400,
    error: 'idempotency_key_missing',
    detail,
    errors: [{ header: 'Idempotency-Key', detail }],
  });
}
