/** How to fetch a JSON document of the provider. */
export interface FetchJsonOptions {
  readonly fetch: typeof fetch;
  /** Time limit for headers and body together. */
  readonly timeoutSeconds: number;
  /** Default 256 KiB. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 256 * 1024;

/**
 * Fetches JSON within limits of time and size. Redirects are not followed, so that an answer can't send the server to an
 * internal address (CWE-918).
 *
 * @throws Error with a reason for anything but JSON with status 200 within the limits
 */
export async function fetchJson(url: string, options: FetchJsonOptions): Promise<unknown> {
  const signal = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const timeout = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no answer in ${options.timeoutSeconds} s`)));
  });
  // The race also limits a fetch implementation that ignores its signal.
  const text = await Promise.race([fetchText(url, signal, options), timeout]);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error('the answer is not JSON', { cause });
  }
}

async function fetchText(url: string, signal: AbortSignal, options: FetchJsonOptions): Promise<string> {
  const response = await options.fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'manual',
    signal,
  });
  if (response.status === 200) return readText(response, options.maxBytes ?? MAX_BYTES);
  await response.body?.cancel();
  throw new Error(`the answer's status is ${response.status}`);
}

/** Stops reading, and throws, as soon as the answer exceeds the limit. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return text + decoder.decode();
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new Error(`the answer is longer than ${maxBytes} bytes`);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
}
