import type { Forgery, ForgeryRow } from './forge.ts';
import { forgedKeyRows } from './forged-key-rows.ts';
import type { TestIssuer } from '../issuer/test-issuer.ts';

/** What is wrong with any kind of token alike: header, key, issuer and times; whatever key signs. For `it.each`. */
export async function forgeryRows(issuer: TestIssuer): Promise<readonly ForgeryRow[]> {
  return [
    ...algorithmRows(issuer.keys.signer().alg),
    ...headerRows,
    ...(await forgedKeyRows(issuer.keys.signer())),
    ...issuerRows(issuer.issuer),
    ...timeRows(issuer.clock()),
  ];
}

const algorithmRows = (own: string): readonly ForgeryRow[] => [
  ['T-01 alg none, unsigned', { header: { alg: 'none' }, signer: 'nobody' }, 'token_algorithm'],
  ['T-01 alg NoNe, unsigned', { header: { alg: 'NoNe' }, signer: 'nobody' }, 'token_algorithm'],
  ['T-01 alg none with a signature left', { header: { alg: 'none' } }, 'token_algorithm'],
  ['T-01 no signature under a right alg', { signer: 'nobody' }, 'token_signature'],
  ['T-01 alg missing', { header: { alg: undefined } }, 'token_algorithm'],
  ['T-01 alg as an array', { header: { alg: [own] } }, 'token_algorithm'],
];

const headerRows: readonly ForgeryRow[] = [
  ['T-05 kid is a path', { header: { kid: '../../dev/null' } }, 'token_key_unknown'],
  ['T-05 kid is SQL', { header: { kid: "' OR 1=1 --" } }, 'token_key_unknown'],
  ['T-05 kid starts a log line', { header: { kid: 'x\n2030 admin signed in' } }, 'token_key_unknown'],
  ['T-05 kid of 3 kB', { header: { kid: 'k'.repeat(3000) } }, 'token_malformed'],
  ['T-05 kid empty', { header: { kid: '' } }, 'token_malformed'],
  ['T-05 kid an array', { header: { kid: ['a'] } }, 'token_malformed'],
  ['T-05 kid a number', { header: { kid: 1 } }, 'token_malformed'],
  ['T-05 kid null', { header: { kid: null } }, 'token_malformed'],
  ['T-06 kid unknown', { header: { kid: 'nobody-knows' } }, 'token_key_unknown'],
  [
    'T-10 crit unknown',
    { header: { crit: ['https://x.example'], 'https://x.example': 1 } },
    'token_malformed',
  ],
  ['T-10 crit empty', { header: { crit: [] } }, 'token_malformed'],
  ['T-10 crit naming exp', { header: { crit: ['exp'], exp: 1 } }, 'token_malformed'],
  ['T-11 b64 false with crit', { header: { b64: false, crit: ['b64'] } }, 'token_malformed'],
  ['T-11 b64 false without crit', { header: { b64: false } }, 'token_malformed'],
  ['T-27 header nested 100 deep', { headerText: (text) => nest(text) }, 'token_malformed'],
  ['T-27 payload nested 100 deep', { payloadText: (text) => nest(text) }, 'token_malformed'],
  ['T-28 alg twice in the header', { headerText: (text) => twice(text, '"alg":"none"') }, 'token_malformed'],
  [
    'T-28 aud twice in the payload',
    { payloadText: (text) => twice(text, '"aud":"other"') },
    'token_malformed',
  ],
  [
    'T-28 aud twice, once escaped',
    { payloadText: (text) => twice(text, '"\\u0061ud":"x"') },
    'token_malformed',
  ],
  [
    'T-28 twice inside a claim',
    { claims: { deep: 0 }, payloadText: (text) => text.replace('"deep":0', '"deep":{"a":1,"a":2}') },
    'token_malformed',
  ],
  ['header is not JSON', { headerText: () => 'alg=ES256' }, 'token_malformed'],
  ['header is an array', { headerText: (text) => `[${text}]` }, 'token_malformed'],
  ['payload is not JSON', { payloadText: () => 'sub=ada' }, 'token_malformed'],
  ['payload is an array', { payloadText: (text) => `[${text}]` }, 'token_malformed'],
  ['payload is null', { payloadText: () => 'null' }, 'token_malformed'],
];

const twice = (text: string, member: string) => text.replace('{', `{${member},`);
const nest = (text: string) => text.replace('{', `{"deep":${'['.repeat(100)}${']'.repeat(100)},`);

/** The issuer is compared character by character (T-18). */
function issuerRows(issuer: string): readonly ForgeryRow[] {
  return [
    ['T-18 iss of another issuer', { claims: { iss: 'https://evil.example' } }, 'token_issuer'],
    ['T-18 iss missing', { claims: { iss: undefined } }, 'token_issuer'],
    ['T-18 iss with a trailing slash more', { claims: { iss: `${issuer}/` } }, 'token_issuer'],
    ['T-18 iss a character less', { claims: { iss: issuer.slice(0, -1) } }, 'token_issuer'],
    ['T-18 iss in another case', { claims: { iss: issuer.toUpperCase() } }, 'token_issuer'],
    ['T-18 iss as a list', { claims: { iss: [issuer] } }, 'token_issuer'],
  ];
}

const exp = (text: string): Forgery => ({
  payloadText: (right) => right.replace(/"exp":\d+/, `"exp":${text}`),
});

/** 30 seconds of tolerance (T-20, T-21). */
function timeRows(now: number): readonly ForgeryRow[] {
  return [
    ['T-20 exp missing', { claims: { exp: undefined } }, 'token_claim'],
    ['T-20 exp 31 s past', { claims: { exp: now - 31 } }, 'token_expired'],
    ['T-20 exp as a text', { claims: { exp: String(now + 60) } }, 'token_claim'],
    ['T-20 exp 1e400', exp('1e400'), 'token_claim'],
    ['T-20 exp negative', exp('-1'), 'token_claim'],
    ['T-20 exp a fraction, over by more than 30 s', exp(`${now - 31}.5`), 'token_expired'],
    ['T-20 exp null', { claims: { exp: null } }, 'token_claim'],
    ['T-21 nbf 61 s ahead', { claims: { nbf: now + 61 } }, 'token_not_yet_valid'],
    ['T-21 nbf as a text', { claims: { nbf: 'soon' } }, 'token_claim'],
    ['T-21 nbf a fraction, ahead by more than 30 s', { claims: { nbf: now + 30.5 } }, 'token_not_yet_valid'],
    ['T-21 iat 61 s ahead', { claims: { iat: now + 61 } }, 'token_not_yet_valid'],
    ['T-22 iat missing', { claims: { iat: undefined } }, 'token_claim'],
    ['T-22 iat as a text', { claims: { iat: 'now' } }, 'token_claim'],
  ];
}
