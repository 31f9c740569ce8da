import { isAuthError } from '@sso/auth';

/** What came of one call, as the page shows it. It holds no token: its claims alone. */
export interface Taken {
  /** `GET https://shop.example/api/products` */
  readonly request: string;
  /** Undefined where there was none to call with. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly answer: Answer;
}

type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The headers that say why (RFC 6750 §3). */
      readonly challenge: string | undefined;
      readonly contentType: string | undefined;
      readonly body: string;
    }
  /** The provider gave no token, or the shop did not answer. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

interface WayTools {
  /** @throws AuthError */
  readonly tokenFor: () => Promise<string>;
  readonly fetch?: typeof fetch;
}

const TIMEOUT_MILLISECONDS = 5000;
const LONGEST_BODY = 4000;

/** Gets a token, calls with it, and tells what happened. It never throws: a refusal is what the page is about. */
export async function takeWay(url: string, { tokenFor, fetch: call = fetch }: WayTools): Promise<Taken> {
  const request = `GET ${url}`;
  let claims: Taken['claims'];
  try {
    const token = await tokenFor();
    claims = claimsIn(token);
    const response = await call(url, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    return { request, claims, answer: await readAnswer(response) };
  } catch (error) {
    return { request, claims, answer: toFailure(error) };
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    kind: 'answered',
    status: response.status,
    challenge: response.headers.get('www-authenticate') ?? undefined,
    contentType: response.headers.get('content-type') ?? undefined,
    body: shortened(formatted(text)),
  };
}

function toFailure(error: unknown): Answer {
  if (isAuthError(error)) return { kind: 'failed', code: error.code, message: error.message };
  return { kind: 'failed', code: 'no_answer', message: 'The shop did not answer in five seconds.' };
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const shortened = (text: string) =>
  text.length > LONGEST_BODY ? `${text.slice(0, LONGEST_BODY)}\n… and more` : text;

/**
 * The payload of a JWT that came from the provider a moment ago; whoever is called verifies it. B-08: `sid` is the API's own
 * name of the session, by which its site proves itself at a sign-out, so no page shows it.
 */
function claimsIn(token: string): Taken['claims'] {
  const [, payload = ''] = token.split('.');
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return 'sid' in claims ? { ...claims, sid: 'not shown: the API alone knows the session by it' } : claims;
}
