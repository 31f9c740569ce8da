export {
  defineAccess,
  type Access,
  type AnyPermission,
  type AudienceTable,
  type PermissionIn,
  type PermissionOf,
  type PermissionTable,
} from './define-access.ts';
export { permissionsOfAudience, permissionsOfRoles } from './permissions.ts';
