/** A value that no honest client sends, made from a right one: as text that is percent-encoded already. */
type HostileText = readonly [what: string, encoded: (right: string) => string];

const LONG = 65_536;
const jwt = (payload: string) =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(payload).toString('base64url')}.`;

const constants: readonly (readonly [what: string, encoded: string])[] = [
  ['nothing', ''],
  ['NUL', '%00'],
  ['a lone surrogate, as UTF-8 has none', '%ED%A0%80'],
  ['an overlong NUL', '%C0%80'],
  ['a character cut in two', '%F0%9F'],
  ['an escape that ends early', '%'],
  ['an escape that is none', '%zz'],
  ['an escape of another kind', '%u0000'],
  ['a line break', '%0d%0aSet-Cookie:%20a=b'],
  ['a character that turns the text', '%E2%80%AE'],
  ['a name of a prototype', '__proto__'],
  ['a quote', '%27--%22'],
  ['an address without a host', 'https%3A%2F%2F%5B'],
  ['an address of half a host', 'http%3A%2F%2F%5B%3A%3A1'],
  ['an app’s address without a host', 'com.example.app%3A%2F%2F%5B'],
  ['an address with a port out of range', 'https%3A%2F%2Fshop.example%3A99999%2F'],
  ['an address of a script', 'javascript%3Aalert(1)'],
  ['a pushed request of NUL', 'urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A%00'],
  ['a pushed request of 64 KB', `urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A${'a'.repeat(LONG - 400)}`],
  ['less than zero', '-1'],
  ['a fraction', '0.5'],
  ['2³¹', '2147483648'],
  ['2⁶³', '9223372036854775808'],
  ['a number of 400 digits', '9'.repeat(400)],
  ['infinity', '1e999'],
  ['no number', 'NaN'],
  ['64 KB', 'a'.repeat(LONG)],
  ['just below 64 KB', 'a'.repeat(LONG - 2000)],
  ['60 KB of words', '+a'.repeat(30_000)],
  ['JSON null', 'null'],
  ['a JSON list', '%5B%5D'],
  ['deep JSON', '%5B'.repeat(15_000)],
  ['a claim that wants NUL', encodeURIComponent('{"id_token":{"sub":{"value":"\\u0000"},"acr":null}}')],
  ['a claim that wants a list', encodeURIComponent('{"id_token":{"sub":{"values":[[[]],{},null,1e400]}}}')],
  ['a JWT of NUL', jwt('{"sub":"\\u0000","iss":"\\u0000","state":"\\u0000"}')],
  ['a JWT of half a character', jwt('{"sub":"\\ud800","iss":"\\ud800","state":"\\ud800"}')],
  ['a JWT of null', jwt('null')],
  ['a JWT of lists', jwt('{"sub":[],"iss":{},"aud":[null],"iat":"x","exp":1e400,"state":[]}')],
];

/** For a parameter of a query or a form, and for an id in a path. */
export const HOSTILE_TEXTS: readonly HostileText[] = [
  ...constants.map(([what, encoded]): HostileText => [what, () => encoded]),
  ['the right value and NUL', (right) => `${encodeURIComponent(right)}%00`],
  ['the right value and half a character', (right) => `${encodeURIComponent(right)}%F0%9F`],
];

/** JSON members, as text: some of it is none. */
export const HOSTILE_JSON: readonly (readonly [what: string, json: string])[] = [
  ['null', 'null'],
  ['true', 'true'],
  ['a number', '1e300'],
  ['a number below zero', '-1'],
  ['infinity', '1e999'],
  ['empty text', '""'],
  ['NUL', '"a\\u0000b"'],
  ['a lone surrogate', '"a\\ud800b"'],
  ['64 KB', `"${'a'.repeat(60_000)}"`],
  ['an address without a host', '"https://["'],
  ['an app’s address without a host', '"com.example.app://["'],
  ['an address with a port out of range', '"https://shop.example:99999/"'],
  ['an address of NUL', '"https://shop.example/\\u0000"'],
  ['an empty list', '[]'],
  ['a list of null', '[null]'],
  ['a list of lists', '[[["a"]]]'],
  ['a list of NUL', '["\\u0000","https://shop.example/\\u0000"]'],
  ['a list of half a character', '["\\udc00"]'],
  ['a list of addresses without a host', '["https://[","com.example.app://["]'],
  ['a list of many', `[${Array.from({ length: 5000 }, () => '"a"').join()}]`],
  ['an empty object', '{}'],
  ['an object of its prototype', '{"__proto__":{"a":1},"constructor":null}'],
  ['keys of null', '{"keys":[null]}'],
  ['keys of a broken shape', '{"keys":[{"kty":"EC","crv":"\\u0000","x":[],"y":null}]}'],
  ['deep lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['deep keys', `{"keys":[{"kty":"EC","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`],
  ['no JSON', '{'],
];

const encoded = (text: string) => Buffer.from(text, 'latin1').toString('base64');

/** For a header; what can't stand in a header at all is left out, since no server would hand it over. */
export const HOSTILE_HEADERS: readonly (readonly [what: string, value: string])[] = [
  ['nothing', ''],
  ['bytes that are no text', '\u00ff\u00fe\u00ed\u00a0\u0080'],
  ['64 KB', 'a'.repeat(LONG)],
  ['an escaped NUL', '%00'],
  ['an escape that ends early', '%'],
  ['separators', ',,;;==""'],
  ['many of one', 'a,'.repeat(20_000)],
  ['a number below zero', '-1'],
  ['a number of 400 digits', '9'.repeat(400)],
  ['an address without a host', 'https://['],
  ['null', 'null'],
  ['a basic header of NUL', `Basic ${encoded('\0:\0')}`],
  ['a basic header of escaped NUL', `Basic ${encoded('shop%00:%00')}`],
  ['a basic header of half a character', `Basic ${encoded('\u00ed\u00a0\u0080:\u00f0\u009f')}`],
  ['a basic header of padding', 'Basic ===='],
  ['a bearer token of NUL', `Bearer ${jwt('{"sub":"\\u0000","jti":"\\u0000"}')}`],
  ['a bearer token of null', `Bearer ${jwt('null')}`],
  ['cookies of NUL', '__Host-sso=%00; __Host-interaction=%00; __Host-device=%00'],
  ['cookies twice', '__Host-sso=a; __Host-sso=b; __Host-device=a; __Host-device=b'],
  [
    'cookies of ours that nobody was given',
    `__Host-sso=${'A'.repeat(43)}; __Host-interaction=${'A'.repeat(43)}`,
  ],
];

/** The headers that something here, or before it, reads. */
export const HEADERS: readonly string[] = [
  'accept',
  'accept-language',
  'access-control-request-headers',
  'access-control-request-method',
  'authorization',
  'content-length',
  'content-type',
  'cookie',
  'dpop',
  'forwarded',
  'host',
  'if-modified-since',
  'if-none-match',
  'origin',
  'range',
  'referer',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-request-id',
];

/** Bodies that are not what their type says. */
export const HOSTILE_BODIES: readonly (readonly [what: string, body: Uint8Array<ArrayBuffer>])[] = [
  ['nothing', new Uint8Array()],
  ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0xed, 0xa0, 0x80, 0x3d, 0xf0, 0x9f)],
  ['NUL', Uint8Array.of(0, 0x3d, 0)],
  ['null', Buffer.from('null')],
  ['a number', Buffer.from('1')],
  ['deep JSON', Buffer.from('['.repeat(60_000))],
  ['half of JSON', Buffer.from('{"client_name":')],
  ['separators', Buffer.from('&&==&=&;=')],
  ['many parameters', Buffer.from('a=&'.repeat(20_000))],
];
