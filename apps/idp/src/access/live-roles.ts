import { type AccessContract, defineAccess } from '@sso/auth/access';
import { messageOf } from '../foundation/error-message.ts';
import { sha256 } from '../foundation/secrets.ts';
import type { PermissionChangeStore } from '../store/index.ts';

/** The access contract as it counts now. */
export interface LiveRoles {
  /** Its audiences are those of the start; its `roles` are those that were read last. */
  readonly access: AccessContract;
  /** What was heeded last. */
  version(): number;
  /** Reads the roles of `ACCESS_FILE` anew where the operator has said since that they count now. Never rejects. */
  heed(roleVersion: number): Promise<void>;
}

interface Context {
  /** As `ACCESS_FILE` was at the start. */
  readonly access: AccessContract;
  readonly readAccess: () => Promise<AccessContract>;
  readonly store: Pick<PermissionChangeStore, 'findRolesHash'>;
  readonly warn: (message: string) => void;
}

type Roles = AccessContract['roles'];

/** Names a set of roles, in whichever order the file has them. */
export function hashOfRoles(roles: Roles): string {
  const sorted = Object.entries(roles).map(([role, permissions]) => [role, permissions.toSorted()] as const);
  return sha256(JSON.stringify(sorted.toSorted(([one], [other]) => (one < other ? -1 : 1))));
}

/**
 * Each node has an `ACCESS_FILE` of its own, so it reads that again rather than taking the roles from the database: after a
 * restart the same file counts, and no row from long ago wins over it.
 */
export function openLiveRoles({ access, readAccess, store, warn }: Context): LiveRoles {
  let { roles } = access;
  let heeded = 0;
  let last = Promise.resolve();
  const read = async (roleVersion: number) => {
    if (roleVersion <= heeded) return;
    try {
      roles = withRoles(access, (await readAccess()).roles).roles;
      if (hashOfRoles(roles) !== (await store.findRolesHash()))
        warn(
          'the roles in ACCESS_FILE of this node are others than those that were told to count now: give it the same file',
        );
    } catch (error) {
      warn(
        `the roles in ACCESS_FILE could not be read anew, and those from before go on: ${messageOf(error)}`,
      );
    }
    heeded = roleVersion;
  };
  return {
    access: {
      audiences: access.audiences,
      get roles() {
        return roles;
      },
    },
    version: () => heeded,
    // One after the other: whoever asks goes on with what had been read by then.
    heed: (roleVersion) =>
      roleVersion <= heeded ? Promise.resolve() : (last = last.then(() => read(roleVersion))),
  };
}

/** @throws TypeError for a role with a permission that no audience of the start defines: that needs a restart */
function withRoles({ audiences }: AccessContract, roles: Roles): AccessContract {
  return Reflect.apply(defineAccess<AccessContract['audiences'], string>, undefined, [{ audiences, roles }]);
}
