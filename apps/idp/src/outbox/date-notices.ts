import { type AccessContract, permissionsOfRoles } from '@sso/auth/access';
import type { LiveRoles } from '../access/live-roles.ts';
import type { ClientDirectory } from '../clients/client-directory.ts';
import {
  isUndated,
  type NodeDating,
  type Notice,
  type OutboxStore,
  type PermissionChangeStore,
} from '../store/index.ts';
import { findRecipient } from './recipient.ts';

export interface DatingContext {
  readonly store: Pick<OutboxStore & PermissionChangeStore, 'dateNotices' | 'findPermissionChange'>;
  readonly clients: Pick<ClientDirectory, 'find'>;
  readonly roles: LiveRoles;
  readonly clock: () => number;
}

/**
 * What tells of changed permissions is dated at its first try, and what it says is fixed then. The clock is read where the change
 * can be seen by everybody: a second that was chosen before the change was committed could be earlier than the `iat` of a token
 * that was still made from what was there before.
 */
export function datingOf({ clients, roles, clock }: Omit<DatingContext, 'store'>): NodeDating {
  return {
    clock,
    roleVersion: roles.version(),
    permissionsFor: (notice, held = []) =>
      permissionsAt(roles.access, held, findRecipient(clients, notice)?.audiences ?? []),
  };
}

/** Dates what is left undated, since the roles have changed after this node read them. */
export async function dateNotices(context: DatingContext, notices: readonly Notice[]): Promise<Notice[]> {
  const undated = notices.filter(isUndated);
  if (undated.length === 0) return [...notices];
  const { store, roles, clock } = context;
  const { roleVersion } = await store.findPermissionChange('');
  await roles.heed(roleVersion);
  const dated = await store.dateNotices(undated, datingOf(context).permissionsFor, clock());
  return [...notices.filter((notice) => !isUndated(notice)), ...dated];
}

function permissionsAt(
  access: AccessContract,
  roles: readonly string[],
  audiences: readonly string[],
): readonly string[] {
  return audiences.flatMap((audience) => permissionsOfRoles(access, roles, audience));
}
