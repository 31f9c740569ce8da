export { describeDatabase, type EarlierDatabase, rowsIn, writeEarlierDatabase } from './earlier-database.ts';
