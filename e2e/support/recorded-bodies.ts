import type { Page } from '@playwright/test';

export interface RecordedBody {
  readonly url: string;
  /** Without parameters: 'text/html'. */
  readonly type: string;
  readonly text: string;
}

const RECORDED = /html|json|x-component|javascript/;

/**
 * Keeps whatever text a tab is sent from now on: documents, payloads of the router, JSON and scripts.
 * @returns what has arrived whole so far
 */
export async function recordBodies(page: Page): Promise<() => readonly RecordedBody[]> {
  const bodies: RecordedBody[] = [];
  const record = (url: string, contentType: string, text: string): void => {
    const [type = ''] = contentType.split(';');
    if (RECORDED.test(type)) bodies.push({ url, type, text });
  };
  await recordFetches(page, record);
  page.on('response', (response) => {
    if (response.request().resourceType() === 'fetch') return;
    const { 'content-type': type = '' } = response.headers();
    void response.text().then(
      (text) => record(response.url(), type, text),
      () => undefined, // a redirect has no body to look into
    );
  });
  return () => bodies;
}

type Record = (url: string, contentType: string, text: string) => void;

/** By the page itself: the browser keeps no copy of a body that is read as a stream, as Next's router does. */
async function recordFetches(page: Page, record: Record): Promise<void> {
  await page.exposeFunction('recordBody', record);
  await page.addInitScript(`{
    const { fetch, recordBody } = window;
    window.fetch = async (...request) => {
      const response = await fetch(...request);
      const type = response.headers.get('content-type') ?? '';
      response.clone().text().then((text) => recordBody(response.url, type, text));
      return response;
    };
  }`);
}
