import type { IssuerState, TestClient } from './issuer-state.ts';

/** An OAuth error (RFC 6749 §5.2). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
}

/** Runs an endpoint. Its result or its OAuth error becomes JSON with `no-store`. */
export async function toOAuthResponse(run: () => Promise<object>): Promise<Response> {
  try {
    return noStore(await run());
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const body = { error: error.message };
    return error.message === 'invalid_client'
      ? noStore(body, 401, { 'www-authenticate': 'Basic realm="test issuer"' })
      : noStore(body, 400);
  }
}

function noStore(body: object, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

/** `client_secret_basic`, `client_secret_post` or `none`, as the client is registered. */
export function requireClient(state: IssuerState, form: URLSearchParams, headers: Headers): TestClient {
  const authorization = headers.get('authorization');
  const [id, secret] =
    authorization === null
      ? [form.get('client_id') ?? '', form.get('client_secret') ?? undefined]
      : requireBasic(authorization);
  const client = state.clients.get(id);
  if (!client || client.clientSecret !== secret) throw new OAuthError('invalid_client');
  return client;
}

/** RFC 6749 §2.3.1: both parts of Basic are form-encoded, so that one colon divides them. */
function requireBasic(authorization: string): readonly [id: string, secret: string] {
  try {
    const encoded = /^basic +(\S+)$/i.exec(authorization)?.[1] ?? '';
    const [id, secret, ...rest] = atob(encoded).split(':').map(decodeForm);
    if (id !== undefined && secret !== undefined && rest.length === 0) return [id, secret];
  } catch {
    // Malformed base64 or percent encoding is answered like a wrong secret.
  }
  throw new OAuthError('invalid_client');
}

const decodeForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

/** RFC 8707 §2.2: the API of the login, or the issuer. Any other target was not granted. */
export function requireGrantedAudience(
  { issuer }: IssuerState,
  form: URLSearchParams,
  granted: string | undefined,
): string | undefined {
  const parameters = form.get('resource') ?? granted;
  if (parameters === granted || parameters === issuer) return parameters;
  throw new OAuthError('invalid_target');
}
