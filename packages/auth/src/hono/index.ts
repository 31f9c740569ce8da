export { bearer, type BearerVariables } from './bearer.ts';
export { createHonoAuth, type HonoAuth, type HonoAuthSettings } from './hono-auth.ts';
export { type Guard, type SignedInVariables } from './guard.ts';
export { type Refusal, type RefusalPage } from './refusal.ts';
export { type HonoSite, type SessionVariables } from './site.ts';
