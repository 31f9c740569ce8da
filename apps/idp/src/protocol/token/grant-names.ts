import type { Grant } from '../../store/index.ts';

/** What events call a grant by. */
export function namesOf({ id, clientId, sessionId }: Grant): {
  readonly clientId: string;
  readonly grantId: string;
  readonly sessionId: string;
} {
  return { clientId, grantId: id, sessionId };
}
