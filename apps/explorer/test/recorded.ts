import type { DiagramRecord, Event, Hop, SiteName } from '../src/records/record.ts';

/** Writes records as the sources read them; each call takes a moment of its own. */
export function createRecorder() {
  const records: DiagramRecord[] = [];
  let now = 1_800_000_000_000;
  const event = (site: SiteName, type: string, data: Event['data'] = {}, at = now): void => {
    records.push({ kind: 'event', id: records.length + 1, at, site, type, data });
  };
  /** A request whose events and calls `during` writes; it is logged after them, as Caddy does. */
  const hop = (site: SiteName, path: string, facts: Partial<Hop> = {}, during = () => {}): void => {
    const at = (now += 10);
    now += 1;
    during();
    now += 1;
    const base = { method: 'GET', parameters: [], status: 200, isBrowser: true, bytes: 0 };
    records.push({ ...base, kind: 'hop', id: records.length + 1, at, end: now, site, path, ...facts });
  };
  const later = (milliseconds: number): void => void (now += milliseconds);
  return { records, event, hop, later };
}

type Recorder = ReturnType<typeof createRecorder>;

/** The code flow of a site, by which somebody signs in. */
export function recordSignIn({ event, hop }: Recorder, site: SiteName, { silent = false } = {}): void {
  const names = { clientId: site, stateHash: `state at ${site}` };
  const person = { ...names, sub: 'sub-ada', sid: `sid at ${site}` };
  hop(site, silent ? '/' : '/auth/login', { status: 303 }, () =>
    event(site, 'login.started', { ...names, silent }),
  );
  hop('idp', '/authorize', { status: 303, parameters: [['client_id', site]] });
  if (!silent) {
    hop('idp', '/sign-in/…', { interaction: site });
    hop('idp', '/sign-in/…', { interaction: site, method: 'POST', status: 303 }, () =>
      event('idp', 'sign-in.accepted', { sub: 'sub-ada', sessionId: 'sign-on' }),
    );
    hop('idp', '/authorize/…', { interaction: site, status: 303 });
  }
  hop(site, '/auth/callback', { status: 303 }, () => {
    hop('idp', '/token', { method: 'POST', isBrowser: false, requestId: `r-${site}` }, () =>
      event('idp', 'request.detailed', {
        requestId: `r-${site}`,
        parameters: { grant_type: 'authorization_code' },
        clientId: site,
      }),
    );
    event(site, 'code.consumed', names);
    event(site, 'token.checked', {
      token: 'access',
      clientId: site,
      claims: { aud: `https://${site}.localhost/api`, exp: 1_800_000_600, permissions: ['read'] },
      checks: [],
    });
    event(site, 'callback.accepted', person);
    event(site, 'session.opened', person);
  });
}
