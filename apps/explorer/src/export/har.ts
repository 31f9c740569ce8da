import type { Message } from '../model/message.ts';
import { findEvent, isObject, listOf } from '../model/values.ts';

/** Addresses of the sites. */
export type SiteOrigins = Readonly<Record<string, string>>;

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), with cookies by name alone and secrets as hashes. */
export function toHar(messages: readonly Message[], origins: SiteOrigins): string {
  const log = {
    version: '1.2',
    creator: { name: 'One Login explorer', version: '1' },
    entries: messages.map((message) =>
      toEntry(message, origins[message.to] ?? `https://${message.to}.localhost`),
    ),
  };
  return JSON.stringify({ log }, undefined, 2);
}

function toEntry(message: Message, origin: string) {
  const { hop } = message;
  const milliseconds = Math.max(0, hop.end - hop.at);
  return {
    startedDateTime: new Date(hop.at).toISOString(),
    time: milliseconds,
    comment: message.title,
    request: requestOf(message, origin),
    response: responseOf(message),
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
  };
}

function requestOf(message: Message, origin: string) {
  const { hop } = message;
  const query = new URLSearchParams(hop.parameters.map(([name, value]) => [name, value])).toString();
  return {
    method: hop.method,
    url: origin + hop.path + (query === '' ? '' : `?${query}`),
    httpVersion: 'HTTP/2',
    headers: [],
    queryString: hop.parameters.map(([name, value]) => ({ name, value })),
    cookies: cookiesOf(message, 'read'),
    headersSize: -1,
    bodySize: -1,
  };
}

function responseOf(message: Message) {
  const { hop } = message;
  return {
    status: hop.status,
    statusText: '',
    httpVersion: 'HTTP/2',
    headers: [],
    cookies: cookiesOf(message, 'set'),
    content: { size: hop.bytes, mimeType: hop.answerType ?? '' },
    redirectURL: hop.location ?? '',
    headersSize: -1,
    bodySize: hop.bytes,
  };
}

/** HAR wants a value; there is none to give. */
function cookiesOf({ events }: Message, which: 'read' | 'set') {
  const own = findEvent(events, 'cookies.handled');
  const provider = findEvent(events, 'request.detailed');
  const list = own ? own.data[which] : provider?.data[which === 'read' ? 'cookiesRead' : 'cookiesSet'];
  return listOf(list).flatMap((one) => {
    const name = typeof one === 'string' ? one : isObject(one) ? one['name'] : undefined;
    return typeof name === 'string' ? [{ name, value: '' }] : [];
  });
}
