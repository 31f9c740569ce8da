/** `GET /healthz`: the process answers requests. */
export function healthz(): Response {
  return new Response('ok', { headers: { 'cache-control': 'no-store' } });
}
