import type { Event, Hop } from '../records/record.ts';

/** An app stamps whole milliseconds, and Caddy's clock reading comes a moment before and after the app's own. */
const SLACK_MILLISECONDS = 8;
/** What a site tells of an answer comes after it. */
const TOLD_AFTER_MILLISECONDS = 400;

/** Events by the requests of the same site that they are about; any other may be about any request of its site. */
const ownPaths: readonly (readonly [type: RegExp, path: RegExp])[] = [
  [/^callback\./, /^\/auth\/callback$/],
  [/^session\.opened$/, /^\/auth\/callback$/],
  [/^logout\.(received|rejected)$|^session\.revoked$/, /^\/auth\/backchannel-logout$/],
  [/^permissions\.changed$|^event\.rejected$/, /^\/auth\/security-events$/],
  [/^logout\.started$|^revocation\.failed$/, /^\/auth\/logout$/],
  [/^bearer\./, /^\/api\//],
  [/^sign-in\./, /^\/sign-in\//],
  [/^authorization\./, /^\/authorize/],
  [/^consent\./, /^\/(consent|account)/],
];

/** Events of a site that are about what it asked the provider. */
const callsOfSites: readonly (readonly [type: RegExp, path: RegExp])[] = [
  [/^discovery\./, /^\/\.well-known\//],
  [/^keys\./, /^\/jwks$/],
  [/^(code\.consumed|token\.(refreshed|exchanged)|refresh\.failed|exchange\.failed)$/, /^\/token$/],
  [/^userinfo\./, /^\/userinfo$/],
];

/** Whether an event is about this request; the later one began, the likelier it is. */
export function fits(event: Event, hop: Hop): boolean {
  if (event.site !== hop.site) return hop.site === 'idp' && isCallOf(event, hop);
  if (event.at < hop.at - SLACK_MILLISECONDS || event.at > hop.end + SLACK_MILLISECONDS) return false;
  if (isAboutCall(event)) return false;
  const { method, path, requestId } = event.data;
  if (typeof requestId === 'string' && hop.requestId !== undefined) return requestId === hop.requestId;
  if (event.type === 'cookies.handled') return method === hop.method && path === hop.path;
  if (event.type === 'token.checked') return tokenPath(event).test(hop.path);
  const rule = ownPaths.find(([type]) => type.test(event.type));
  return rule ? rule[1].test(hop.path) : true;
}

/** A site tells of the provider's answers itself; the provider tells of what it gave with the request's own number. */
function isAboutCall(event: Event): boolean {
  return event.site !== 'idp' && callsOfSites.some(([type]) => type.test(event.type));
}

function isCallOf(event: Event, hop: Hop): boolean {
  const rule = event.site === 'idp' ? undefined : callsOfSites.find(([type]) => type.test(event.type));
  if (!rule?.[1].test(hop.path) || hop.isBrowser) return false;
  return event.at >= hop.end - SLACK_MILLISECONDS && event.at <= hop.end + TOLD_AFTER_MILLISECONDS;
}

function tokenPath({ data }: Event): RegExp {
  if (data['audience'] !== undefined) return /^\/api\//;
  if (data['token'] === 'logout') return /^\/auth\/backchannel-logout$/;
  return data['token'] === 'security-event' ? /^\/auth\/security-events$/ : /^(?!\/auth\/(back|sec))/;
}
