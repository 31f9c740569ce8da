/** A browser without a screen: keeps cookies, follows nothing, sends Origin with what its pages post. */
export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form as a page of the provider does. */
  post(
    path: string,
    form: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<Response>;
  readonly cookies: Map<string, string>;
}

export function createBrowser(issuer: string, fetch: (request: Request) => Promise<Response>): Browser {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new Request(new URL(path, issuer), { ...init, headers }));
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return response;
  };
  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { origin: issuer, ...headers },
        body: new URLSearchParams(form),
      }),
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals);
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, pair.slice(equals + 1));
}

/** Where a 303 leads. */
export function locationOf(response: Response): URL {
  const location = response.headers.get('location');
  if (response.status !== 303 || location === null) throw new Error(`no redirect but ${response.status}`);
  return new URL(location);
}
