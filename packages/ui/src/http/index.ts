export { type FailurePage, failureHtml } from './failure-html.ts';
export {
  contentSecurityPolicy,
  markDocument,
  pageHeaders,
  type PolicyOptions,
  scriptNonce,
  securityHeaders,
  wholeDocuments,
} from './headers.ts';
