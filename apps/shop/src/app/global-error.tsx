'use client';

import type { ErrorProps } from '@sso/site/error-page';
import { SiteDocument } from '@sso/site/site-document';
import ErrorPage from './error.tsx';
import './globals.css';

/** The same page where even the layout failed. */
export default function GlobalErrorPage(props: ErrorProps) {
  return (
    <SiteDocument name="shop">
      <ErrorPage {...props} />
    </SiteDocument>
  );
}
