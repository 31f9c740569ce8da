// Next reads its configuration from the default export.
export { nextConfig as default } from '@sso/site/next-config';
