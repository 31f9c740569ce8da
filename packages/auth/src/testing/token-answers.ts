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
  const basic = /^Basic (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  const [id, secret] = basic
    ? atob(basic).split(':').map(decodeForm)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? undefined];
  const client = state.clients.get(id ?? '');
  if (!client || client.clientSecret !== secret) throw new Refusal('invalid_client');
  return client;
}

/** RFC 6749 §2.3.1: both parts of Basic are form-encoded. */
const decodeForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

/** RFC 8707 §2: the API that is named now, else the one named at the login. */
export function requireAudience(
  { audiences }: IssuerState,
  form: URLSearchParams,
  before: string | undefined,
): string | undefined {
  const audience = form.get('resource') ?? before;
  if (audience === undefined || audiences?.includes(audience) !== false) return audience;
  throw new Refusal('invalid_target');
}
