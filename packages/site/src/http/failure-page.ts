import type { App } from '@sso/domains';
import { failureHtml, type FailurePage } from '@sso/ui/http';

type SignInFailure = Omit<FailurePage, 'siteTitle' | 'color'>;

/** The `failurePage` option of a site's `auth.ts`: a failed sign-in as HTML, with the title and the colour of the site. */
export function createFailurePage({ title, color }: App): (failure: SignInFailure) => string {
  return (failure) => failureHtml({ ...failure, siteTitle: title, color });
}
