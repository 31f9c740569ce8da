import type { DpopNonces } from '../tokens/index.ts';
import { findScheme } from './bearer.ts';
import type { Cors } from './cors-answers.ts';

interface AnswerParts {
  readonly cors: Cors | undefined;
  readonly nonces: DpopNonces | undefined;
}

/**
 * An answer as the API's options want it: for pages of other origins, and with the nonce for the client's next proof
 * (RFC 9449 §8.2), so that an active client is never asked for it.
 */
export async function finishAnswer(
  request: Request,
  response: Response,
  { cors, nonces }: AnswerParts,
): Promise<Response> {
  const isProved = findScheme(request.headers) === 'DPoP';
  if (!cors && !(nonces && isProved)) return response;
  // Answers of `fetch` and `Response.redirect` can't be changed.
  const { status, statusText } = response;
  const answer = new Response(response.body, { status, statusText, headers: response.headers });
  if (nonces && isProved) answer.headers.set('dpop-nonce', await nonces.current());
  for (const [name, value] of cors?.headersFor(request) ?? []) answer.headers.append(name, value);
  return answer;
}
