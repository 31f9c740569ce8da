export { type FailurePage, failureHtml } from './failure-html.ts';
export { contentSecurityPolicy, pageHeaders, type PolicyOptions, securityHeaders } from './headers.ts';
