export type { AccessToken } from './access-token.ts';
export type { TokenRequirement } from './token-requirement.ts';
export type { CorsOptions } from './cors-answers.ts';
export type { ResourceDpopOptions } from './dpop-options.ts';
export type { ResourceServerOptions } from './options.ts';
export type { ApiRequest } from './require-binding.ts';
export { createResourceServer, type BearerHandler, type ResourceServer } from './resource-server.ts';
