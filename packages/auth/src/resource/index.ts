export type { AccessToken } from './access-token.ts';
export type { Need } from './need.ts';
export type { ResourceServerOptions } from './options.ts';
export { createResourceServer, type BearerHandler, type ResourceServer } from './resource-server.ts';
