import type { Migration } from 'kysely/migration';
import { up as first } from './0001-first.ts';
import { up as attempts } from './0002-attempts.ts';
import { up as clients } from './0003-clients.ts';
import { up as tokens } from './0004-tokens.ts';
import { up as consents } from './0005-consents.ts';
import { up as grantedInteractions } from './0006-granted-interactions.ts';
import { up as oneKeyOfAState } from './0007-one-key-of-a-state.ts';
import { up as boundedRows } from './0008-bounded-rows.ts';
import { up as narrowedTokens } from './0009-narrowed-tokens.ts';
import { up as sessionClients } from './0010-session-clients.ts';
import { up as registration } from './0011-registration.ts';
import { up as sealedSigningKeys } from './0012-sealed-signing-keys.ts';
import { up as secrets } from './0013-secrets.ts';
import { up as outbox } from './0014-outbox.ts';
import { up as narrowedScopes } from './0016-narrowed-scopes.ts';
import { up as boundRefreshTokens } from './0017-bound-refresh-tokens.ts';
import { up as permissionChanges } from './0018-permission-changes.ts';

/** In the order of their names; a migration that landed is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': { up: first },
  '0002-attempts': { up: attempts },
  '0003-clients': { up: clients },
  '0004-tokens': { up: tokens },
  '0005-consents': { up: consents },
  '0006-granted-interactions': { up: grantedInteractions },
  '0007-one-key-of-a-state': { up: oneKeyOfAState },
  '0008-bounded-rows': { up: boundedRows },
  '0009-narrowed-tokens': { up: narrowedTokens },
  '0010-session-clients': { up: sessionClients },
  '0011-registration': { up: registration },
  '0012-sealed-signing-keys': { up: sealedSigningKeys },
  '0013-secrets': { up: secrets },
  '0014-outbox': { up: outbox },
  '0016-narrowed-scopes': { up: narrowedScopes },
  '0017-bound-refresh-tokens': { up: boundRefreshTokens },
  '0018-permission-changes': { up: permissionChanges },
};
