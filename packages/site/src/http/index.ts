export { createFailurePage } from './failure-page.ts';
export { healthz } from './healthz.ts';
export { type PolicyOptions, withContentSecurityPolicy } from './proxy.ts';
