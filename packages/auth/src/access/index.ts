export {
  defineAccess,
  type Access,
  type AccessTokenAlgorithm,
  type AnyPermission,
  type AudienceTable,
  type PermissionIn,
  type PermissionOf,
  type PermissionTable,
} from './define-access.ts';
export { isScopeToken } from './scope-token.ts';
export { namesOfPermissions, permissionsOfAudience, permissionsOfRoles } from './permissions.ts';
