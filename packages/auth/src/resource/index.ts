export type { AccessToken } from './access-token.ts';
export type { TokenRequirement } from './token-requirement.ts';
export type { ResourceServerOptions } from './options.ts';
export { createResourceServer, type BearerHandler, type ResourceServer } from './resource-server.ts';
