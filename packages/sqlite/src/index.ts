export { createSqliteDialect, type SqliteOptions } from './dialect.ts';
export { isLocked, retryWhileLocked } from './lock.ts';
export { findOutageCode } from './outage.ts';
