export { type FailurePage, failureHtml } from './failure-html.ts';
export {
  contentSecurityPolicy,
  pageHeaders,
  type PolicyOptions,
  scriptNonce,
  securityHeaders,
} from './headers.ts';
