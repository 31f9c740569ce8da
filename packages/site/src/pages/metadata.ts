import type { App } from '@sso/domains';
import type { Metadata, Viewport } from 'next';

/** The `metadata` of a site's layout. */
export function siteMetadata({ title, tagline }: App, description: string): Metadata {
  return {
    title: { default: `${title}: ${tagline.toLowerCase()}`, template: `%s · ${title}` },
    description,
  };
}

/** The `viewport` of a site's layout: the background of `tokens.css`, for the browser's own bars. */
export const siteViewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0f16' },
  ],
};
