export { Countdown, type CountdownProps } from './countdown.tsx';
export { Facts, type Fact } from './facts.tsx';
export { Notice, type NoticeTone } from './notice.tsx';
export { type HeaderLink, SiteHeader } from './site-header.tsx';
export { SiteFooter } from './site-footer.tsx';
export { SignedOut } from './signed-out.tsx';
export { type PageLink, MessagePage } from './message-page.tsx';
export { SessionReport, type SessionReportProps } from './session/session-report.tsx';
