import type { Route } from '../http/routes.ts';
import type { Store } from '../store/index.ts';

const HEADERS = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };

/** `/healthz`: the process answers. `/readyz`: it can also do its work, and will for the next seconds. */
export function healthRoutes(store: Store, isDraining: () => boolean): Route[] {
  return [
    { path: '/healthz', errorFormat: 'json', get: () => new Response('ok', { headers: HEADERS }) },
    {
      path: '/readyz',
      errorFormat: 'json',
      async get() {
        if (isDraining()) return new Response('draining', { status: 503, headers: HEADERS });
        await store.ping();
        return new Response('ready', { headers: HEADERS });
      },
    },
  ];
}
