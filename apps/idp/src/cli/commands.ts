import { rotateKeys } from './keys.ts';
import type { Command } from './parse.ts';
import { changeRoles, listUsers } from './users.ts';

/** Everything `pnpm idp` can do. */
export const commands: readonly Command[] = [listUsers, changeRoles, rotateKeys];
