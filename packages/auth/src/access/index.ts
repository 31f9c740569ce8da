export {
  defineAccess,
  type AccessContract,
  type AccessTokenAlgorithm,
  type AnyPermission,
  type AudienceTable,
  type PermissionIn,
  type PermissionOf,
  type PermissionTable,
} from './define-access.ts';
export { isScopeToken } from './scope-token.ts';
export { findPermissions, permissionsOfAudience, permissionsOfRoles } from './permissions.ts';
