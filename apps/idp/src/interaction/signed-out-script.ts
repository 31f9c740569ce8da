import { sha256 } from '../foundation/secrets.ts';

/**
 * Loads the page's list anew while a site has not been told: often at first, since most are told at once. It stops when all
 * are told, or when the provider shows the list no more.
 */
const SCRIPT = `const told = document.getElementById('told');
const isOpen = () => told.querySelector('[data-open]') !== null;
let round = 0;
async function look() {
  round += 1;
  const response = await fetch(location.pathname, { cache: 'no-store' });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const next = page.getElementById('told');
  if (next && next.textContent !== told.textContent) told.replaceChildren(...next.childNodes);
  if (!next) round = Infinity;
}
function lookLater() {
  if (!isOpen() || round === Infinity) return;
  // A look that failed is followed by another one as well.
  setTimeout(() => look().then(lookLater, lookLater), round < 20 ? 300 : 2000);
}
lookLater();
`;

export const SIGNED_OUT_SCRIPT_PATH = `/assets/${sha256(SCRIPT).slice(0, 16)}.js`;

export function signedOutScriptResponse(): Response {
  return new Response(SCRIPT, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
