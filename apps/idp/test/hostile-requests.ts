import { HEADERS, HOSTILE_BODIES, HOSTILE_HEADERS, HOSTILE_JSON, HOSTILE_TEXTS } from './hostile-values.ts';
import { ISSUER } from './registrations.ts';

/** A right request to a route, and the parameters whose place hostile values take. */
export interface RightRequest {
  /** The route's `:id`. */
  readonly id?: string;
  /** The query of a GET, the form of a POST. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The members of a JSON body, in place of a form. */
  readonly members?: Readonly<Record<string, unknown>>;
  /** What it may hold beyond its parameters or members. */
  readonly alsoRead?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HostileRequest {
  readonly what: string;
  readonly request: Request;
}

/**
 * Every hostile value in every place of the requests to a route (`POST /token`). Headers and bodies are those of the
 * first request.
 */
export function hostileRequests(
  route: string,
  [first, ...others]: readonly [RightRequest, ...RightRequest[]],
): HostileRequest[] {
  const values = [first, ...others].flatMap((right) => [
    ...inPath(route, right),
    ...(right.members ? inJson(route, right) : inParameters(route, right)),
  ]);
  return [...values, ...inHeaders(route, first), ...inBody(route, first)];
}

/** The names of what a request holds, or may hold. */
export function namesOf({ parameters, members, alsoRead = [] }: RightRequest): ReadonlySet<string> {
  return new Set([...Object.keys(members ?? parameters ?? {}), ...alsoRead]);
}

function inPath(route: string, right: RightRequest): HostileRequest[] {
  if (!route.includes('/:id')) return [];
  return HOSTILE_TEXTS.map(([what, encode]) => ({
    what: `${what} as id`,
    request: send(route, right, { encodedId: encode(right.id ?? '') }),
  }));
}

function inParameters(route: string, right: RightRequest): HostileRequest[] {
  const { parameters = {} } = right;
  return [...namesOf(right)].flatMap((name) => {
    const { [name]: value = '', ...others } = parameters;
    const rest = new URLSearchParams(others).toString();
    const written = HOSTILE_TEXTS.map(([what, encode]) => [what, `${name}=${encode(value)}`] as const);
    const one = `${name}=${encodeURIComponent(value)}`;
    const spelt = [
      ['repeated', `${one}&${one}`],
      ['repeated with NUL', `${one}&${name}=%00`],
      ['a list', `${name}[]=${encodeURIComponent(value)}&${name}[__proto__]=x`],
      ['NUL in its name', `${one}&${name}%00=x`],
    ] as const;
    return [...written, ...spelt].map(([what, text]) => ({
      what: `${name}: ${what}`,
      request: send(route, right, { text: `${rest}&${text}` }),
    }));
  });
}

function inJson(route: string, right: RightRequest): HostileRequest[] {
  const { members = {} } = right;
  return [...namesOf(right)].flatMap((name) =>
    HOSTILE_JSON.map(([what, json]) => {
      const { [name]: _, ...others } = members;
      const rest = JSON.stringify(others).slice(0, -1);
      const comma = rest === '{' ? '' : ',';
      return {
        what: `${name}: ${what}`,
        request: send(route, right, { text: `${rest}${comma}${JSON.stringify(name)}:${json}}` }),
      };
    }),
  );
}

function inHeaders(route: string, right: RightRequest): HostileRequest[] {
  return HEADERS.flatMap((name) =>
    HOSTILE_HEADERS.map(([what, value]) => ({
      what: `${name}: ${what}`,
      request: send(route, right, { headers: { [name]: value } }),
    })),
  );
}

function inBody(route: string, right: RightRequest): HostileRequest[] {
  if (!hasBody(route)) return [];
  return HOSTILE_BODIES.map(([what, body]) => ({
    what: `body: ${what}`,
    request: send(route, right, { text: body }),
  }));
}

interface Change {
  readonly encodedId?: string;
  /** The encoded query of a GET, the body of a POST. */
  readonly text?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(route: string, right: RightRequest, change: Change): Request {
  const [method = '', path = ''] = route.split(' ');
  const address = ISSUER + path.replace(':id', change.encodedId ?? encodeURIComponent(right.id ?? 'x'));
  const text = change.text ?? rightText(right);
  const headers = new Headers({ origin: ISSUER, ...right.headers });
  if (hasBody(route)) headers.set('content-type', right.members ? 'application/json' : FORM);
  for (const [name, value] of Object.entries(change.headers ?? {})) headers.set(name, value);
  if (hasBody(route)) return new Request(address, { method, headers, body: text });
  return new Request(`${address}?${String(text)}`, { method, headers });
}

function hasBody(route: string): boolean {
  return /^(POST|PUT) /.test(route);
}

const FORM = 'application/x-www-form-urlencoded';

function rightText({ parameters, members }: RightRequest): string {
  return members ? JSON.stringify(members) : new URLSearchParams(parameters).toString();
}
