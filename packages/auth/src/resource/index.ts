export type { AccessToken } from './access-token.ts';
export type { ResourceServerOptions } from './options.ts';
export {
  createResourceServer,
  type BearerHandler,
  type Need,
  type ResourceServer,
} from './resource-server.ts';
