export { authMigrations } from './auth-migrations.ts';
export { type AuthStores, createAuthStores } from './auth-stores.ts';
export { openAtFirstUse } from './open-at-first-use.ts';
export { type SiteDatabaseOptions, openSiteDatabase } from './open-site-database.ts';
