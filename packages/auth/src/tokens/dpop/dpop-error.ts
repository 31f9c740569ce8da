import { authError, type AuthError } from '../../foundation/index.ts';

/** What is wrong with a proof (RFC 9449 §4.3), which the client has to mend. */
export function proofError(what: string, cause?: unknown): AuthError {
  return authError(
    'dpop_proof_invalid',
    `the DPoP proof is refused: ${what}. Make one for each request (RFC 9449 §4.2)`,
    { cause },
  );
}
