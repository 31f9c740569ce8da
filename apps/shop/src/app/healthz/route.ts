export { healthz as GET } from '@sso/site/http';
