import type { IssuerState, TestClient } from './issuer-state.ts';

/** An OAuth error (RFC 6749 §5.2). */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Runs one endpoint: JSON that no cache keeps, or the error. */
export async function toAnswer(run: () => Promise<object>): Promise<Response> {
  try {
    return noStore(await run());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
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
  if (!client || client.clientSecret !== secret) throw new Refusal('invalid_client');
  return client;
}

/** RFC 6749 §2.3.1: both parts of Basic are form-encoded, so that one colon divides them. */
function requireBasic(authorization: string): readonly [id: string, secret: string] {
  try {
    const encoded = /^basic +(\S+)$/i.exec(authorization)?.[1] ?? '';
    const [id, secret, ...rest] = atob(encoded).split(':').map(decodeForm);
    if (id !== undefined && secret !== undefined && rest.length === 0) return [id, secret];
  } catch {
    // No base64, or an escape that is none: as wrong as a wrong secret.
  }
  throw new Refusal('invalid_client');
}

const decodeForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

/** RFC 8707 §2.2: the API that the login named, or the issuer; whatever else is named now was not granted. */
export function requireGrantedAudience(
  { issuer }: IssuerState,
  form: URLSearchParams,
  granted: string | undefined,
): string | undefined {
  const asked = form.get('resource') ?? granted;
  if (asked === granted || asked === issuer) return asked;
  throw new Refusal('invalid_target');
}
