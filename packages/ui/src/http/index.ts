export { type FailurePage, failureHtml } from './failure-html.ts';
export { contentSecurityPolicy, type PolicyOptions, securityHeaders } from './headers.ts';
