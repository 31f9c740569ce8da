import { type AccessContract, permissionsOfRoles } from '@sso/auth/access';
import type { ClientDirectory } from '../clients/client-directory.ts';
import type { LiveRoles } from '../access/live-roles.ts';
import type { Notice, OutboxStore, PermissionChangeStore } from '../store/index.ts';
import { findRecipient } from './recipient.ts';

export interface DatingContext {
  readonly store: Pick<OutboxStore & PermissionChangeStore, 'dateNotices' | 'findPermissionChange'>;
  readonly clients: Pick<ClientDirectory, 'find'>;
  readonly roles: LiveRoles;
  readonly clock: () => number;
}

/**
 * Dates what tells of changed permissions at its first try, and fixes what it says. The clock is read here, where the change can
 * be seen by everybody: a second that was chosen before the change was committed could be earlier than the `iat` of a token that
 * was still made from what was there before.
 */
export async function dateNotices(context: DatingContext, notices: readonly Notice[]): Promise<Notice[]> {
  const undated = notices.filter(({ payload }) => 'sub' in payload && payload.told === undefined);
  const [first] = undated;
  if (!first) return [...notices];
  const { store, clients, roles, clock } = context;
  await heedRoles(context, first);
  const dated = await store.dateNotices(
    undated,
    (notice, held = []) => permissionsAt(roles.access, held, findRecipient(clients, notice)?.audiences ?? []),
    clock(),
  );
  const byId = new Map(dated.map((notice) => [notice.id, notice]));
  return notices.map((notice) => byId.get(notice.id) ?? notice);
}

async function heedRoles({ store, roles }: DatingContext, { payload }: Notice): Promise<void> {
  const { roleVersion } = await store.findPermissionChange('sub' in payload ? payload.sub : '');
  await roles.heed(roleVersion);
}

function permissionsAt(
  access: AccessContract,
  roles: readonly string[],
  audiences: readonly string[],
): readonly string[] {
  return audiences.flatMap((audience) => permissionsOfRoles(access, roles, audience));
}
