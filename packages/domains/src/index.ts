export { access, type Permission, type ProjectAccess, type Role, rolesWith } from './access.ts';
export {
  type App,
  type AppName,
  appList,
  apps,
  explorer,
  relyingParties,
  type RelyingParty,
} from './apps.ts';
export { type Registration, registrationOf, registrations } from './registrations.ts';
export { DEFAULT_HTTPS_PORT, explorerOrigin, originOf, originsOn } from './urls.ts';
