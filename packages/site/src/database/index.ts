export { authMigrations } from './auth-migrations.ts';
export { createAuthStores } from './auth-stores.ts';
export { type SiteDatabaseOptions, openSiteDatabase } from './open-site-database.ts';
