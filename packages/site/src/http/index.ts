export { type ApiEvent, createApiGuard, type ObserveApi } from './api-guard.ts';
export { createFailurePage } from './failure-page.ts';
export { healthz } from './healthz.ts';
export { type PolicyOptions, withContentSecurityPolicy } from './proxy.ts';
export { type Problem, ProblemError, type ProblemPart } from './problem.ts';
export { readJsonBody, readParameters } from './read-input.ts';
export { requireIdempotencyKey } from './idempotency-key.ts';
