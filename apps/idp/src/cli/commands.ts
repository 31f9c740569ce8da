import { showAccess } from './access/show-access.ts';
import { addClient } from './clients/add.ts';
import { changeAudiences } from './clients/audiences.ts';
import { listClients } from './clients/list.ts';
import { removeClient } from './clients/remove.ts';
import { rotateClientSecret } from './clients/rotate-secret.ts';
import { showClient } from './clients/show.ts';
import type { Command } from './command.ts';
import { endEverything } from './end-everything.ts';
import { addInitialToken } from './initial-tokens/add.ts';
import { listInitialTokens } from './initial-tokens/list.ts';
import { removeInitialToken } from './initial-tokens/remove.ts';
import { showRoles } from './roles/roles.ts';
import { listKeys } from './keys/list.ts';
import { revokeKeys } from './keys/revoke.ts';
import { rotateKeys } from './keys/rotate.ts';
import { showAuditName } from './users/audit-name.ts';
import { addUser } from './users/add.ts';
import { disableUser, enableUser } from './users/disable.ts';
import { listUsers } from './users/list.ts';
import { removeUser } from './users/remove.ts';
import { changeRoles } from './users/roles.ts';
import { setPassphrase } from './users/set-passphrase.ts';
import { showUser } from './users/show.ts';
import { signOutUser } from './users/sign-out.ts';

/** Everything `pnpm idp` can do. */
export const commands: readonly Command[] = [
  listUsers,
  showUser,
  addUser,
  changeRoles,
  setPassphrase,
  signOutUser,
  disableUser,
  enableUser,
  removeUser,
  showAuditName,
  listClients,
  showClient,
  addClient,
  changeAudiences,
  rotateClientSecret,
  removeClient,
  listInitialTokens,
  addInitialToken,
  removeInitialToken,
  endEverything,
  listKeys,
  rotateKeys,
  revokeKeys,
  showAccess,
  showRoles,
];
