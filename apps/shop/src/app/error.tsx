'use client';

import { ErrorPage, type ErrorProps } from '@sso/site/error-page';
import { homeLink } from '../components/home-link.ts';
import { Mark } from '../illustrations/mark.tsx';

export default function ShopErrorPage(props: ErrorProps) {
  return <ErrorPage {...props} mark={<Mark />} homeLink={homeLink} />;
}
