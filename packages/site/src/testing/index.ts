export { describeDatabase, type EarlierDatabase, writeEarlierDatabase } from './earlier-database.ts';
