import type { Bind, Database } from '../prepared.ts';

export interface RefreshTokenRotation {
  readonly familyHash: string;
  readonly presentedHash: string;
  readonly nextHash: string;
  readonly now: number;
  readonly replayRequest: string;
  readonly replayResponse: string;
}

export function rotateQuery(db: Database, bind: Bind<RefreshTokenRotation>) {
  return db
    .updateTable('grants')
    .set({
      token_hash: bind('nextHash'),
      previous_hash: bind('presentedHash'),
      rotated_at: bind('now'),
      replay_request: bind('replayRequest'),
      replay_response: bind('replayResponse'),
    })
    .where('family_hash', '=', bind('familyHash'))
    .where('token_hash', '=', bind('presentedHash'))
    .where('revoked_at', 'is', null)
    .returning('id');
}
