import { apps } from '@sso/domains';
import { failureHtml, type FailurePage } from '@sso/ui/http';

/** A failed sign-in in the blog's looks. */
export function failurePage(failure: Omit<FailurePage, 'siteTitle' | 'color'>): string {
  const { title, color } = apps.blog;
  return failureHtml({
    siteTitle: title,
    color,
    title: failure.title,
    explanation: failure.explanation,
    retryHref: failure.retryHref,
    homeHref: failure.homeHref,
    code: failure.code,
  });
}
