import { apps } from '@sso/domains';
import { failureHtml, type FailurePage } from '@sso/ui/http';

/** A failed sign-in in the shop's looks. */
export function failurePage(failure: Omit<FailurePage, 'siteTitle' | 'color'>): string {
  const { title, color } = apps.shop;
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
