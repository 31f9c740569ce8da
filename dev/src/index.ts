export { requireCaddy } from './caddy/find-caddy.ts';
export type { Estate } from './estate/estate.ts';
export type { EstateEvent, MemberName } from './estate/events.ts';
export type { EstateFiles } from './estate/folder.ts';
export type { EstateOptions, ProgramSettings } from './estate/options.ts';
export { startEstate } from './estate/start-estate.ts';
export { type DemoPerson, people } from './people.ts';
export type { Program } from './process/child.ts';
export { Failure } from './terminal/failure.ts';
