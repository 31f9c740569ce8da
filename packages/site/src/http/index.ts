export { createFailurePage } from './failure-page.ts';
export { healthz } from './healthz.ts';
export { createProxy, type ProxyOptions } from './proxy.ts';
