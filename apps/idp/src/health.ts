import type { Route } from './http/routes.ts';
import type { Store } from './store/index.ts';

const TEXT = { headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } };

/** `/healthz`: the process answers. `/readyz`: it can also do its work. */
export function healthRoutes(store: Store): Route[] {
  return [
    { path: '/healthz', audience: 'wire', get: () => new Response('ok', TEXT) },
    {
      path: '/readyz',
      audience: 'wire',
      async get() {
        await store.ping();
        return new Response('ready', TEXT);
      },
    },
  ];
}
