import { html, raw } from 'hono/html';

/** A meridian: a globe with one line drawn from pole to pole. */
const LINES = `<g fill="none" stroke="currentColor" stroke-width="1.6"><circle cx="12" cy="12" r="9.2"/><path d="M12 2.8c-5.4 5-5.4 13.4 0 18.4"/><path d="M12 2.8v18.4" stroke-width="2.4"/></g>`;

/** The logo beside the service's name, in the same colour. */
export const logo = html`<svg viewBox="0 0 24 24" aria-hidden="true">${raw(LINES)}</svg>`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" color="#3557d6">${LINES}</svg>`;

export const FAVICON_PATH = '/favicon.svg';

export function faviconResponse(): Response {
  return new Response(ICON, {
    headers: {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'public, max-age=86400',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
