export { ForbiddenPage } from './forbidden-page.tsx';
export { MissingPermission } from './missing-permission.tsx';
export { siteMetadata, siteViewport } from './metadata.ts';
export { NotFoundPage } from './not-found-page.tsx';
export { SessionPage } from './session-page.tsx';
export { SignedOutPage } from './signed-out-page.tsx';
export { SiteDocument } from './site-document.tsx';
export { SiteFrame } from './site-frame.tsx';
