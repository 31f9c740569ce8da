import type { Page } from '@playwright/test';

export interface RecordedBody {
  readonly url: string;
  /** Without parameters: 'text/html'. */
  readonly type: string;
  readonly text: string;
}

/**
 * Keeps whatever text a tab is sent from now on: documents, payloads of the router, JSON and scripts.
 * @returns what arrived so far, once it is complete
 */
export function recordBodies(page: Page): () => Promise<readonly RecordedBody[]> {
  const bodies: Promise<RecordedBody>[] = [];
  page.on('response', (response) => {
    const [type = ''] = (response.headers()['content-type'] ?? '').split(';');
    if (!/html|json|x-component|javascript/.test(type)) return;
    const body = response.text().catch(() => ''); // a redirect or an aborted prefetch has no body to look into
    bodies.push(body.then((text) => ({ url: response.url(), type, text })));
  });
  return () => Promise.all(bodies);
}
