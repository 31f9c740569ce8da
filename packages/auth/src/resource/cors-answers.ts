import { authError, requireSecureUrl } from '../foundation/index.ts';

/** Which other sites' pages may call an API directly (the CORS protocol of the Fetch standard). */
export interface CorsOptions {
  /** The origins, exactly: `https://blog.example`. There is no pattern, and `*` and `null` are none. */
  readonly origins: readonly string[];
  /** Methods besides GET, HEAD and POST that those pages may use. Default: none. */
  readonly methods?: readonly string[];
  /** Request headers besides `Authorization`, `DPoP` and `Content-Type`. Default: none. */
  readonly headers?: readonly string[];
  /** How long browsers remember the permission. Default 600; they take 7200 at most. */
  readonly maxAgeSeconds?: number;
}

/** What the pages of a registered origin may read of an answer besides its body. */
const EXPOSED = 'DPoP-Nonce, WWW-Authenticate, Retry-After';

export interface Cors {
  /** The answer to a preflight: 204 for a registered origin, 403 for every other. Who names no origin gets the methods. */
  readonly preflight: (request: Request) => Response;
  /** Headers for the answer to a request of whatever origin. Never `Access-Control-Allow-Credentials`: cookies count for nothing here. */
  readonly headersFor: (
    request: Pick<Request, 'headers'>,
  ) => readonly (readonly [name: string, value: string])[];
}

/** @throws AuthError `config_invalid` for what is no origin */
export function createCors({ origins, methods = [], headers = [], maxAgeSeconds = 600 }: CorsOptions): Cors {
  const allowed = new Set(origins.map(requireOrigin));
  const headersFor: Cors['headersFor'] = (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return [['vary', 'Origin']];
    return [
      ['vary', 'Origin'],
      ['access-control-allow-origin', origin],
      ['access-control-expose-headers', EXPOSED],
    ];
  };
  const allow = ['GET', 'HEAD', 'POST', ...methods].join(', ');
  const permission = {
    'access-control-allow-methods': allow,
    'access-control-allow-headers': ['Authorization', 'DPoP', 'Content-Type', ...headers].join(', '),
    'access-control-max-age': String(maxAgeSeconds),
  };
  return {
    headersFor,
    preflight(request) {
      if (!request.headers.has('origin'))
        return new Response(null, { status: 204, headers: { allow: `${allow}, OPTIONS` } });
      const isAllowed = allowed.has(request.headers.get('origin') ?? '');
      const answer = new Response(null, {
        status: isAllowed ? 204 : 403,
        headers: isAllowed ? permission : {},
      });
      for (const [name, value] of headersFor(request)) answer.headers.append(name, value);
      return answer;
    },
  };
}

function requireOrigin(origin: string): string {
  if (!origin.includes('*') && requireSecureUrl(origin, 'cors.origins').origin === origin) return origin;
  throw authError(
    'config_invalid',
    `cors.origins must list origins as browsers send them: https://blog.example`,
  );
}
