import {
  type ComparedValue,
  fromBase64url,
  toComparedValue,
  type TokenContent,
} from '../foundation/index.ts';
import { isJsonObject } from './strict-json.ts';

const SHOWN_PARAMETERS: readonly string[] = ['alg', 'kid', 'typ'];
/** Identifiers, permissions and times. Every other claim is about a person, or nobody here knows what it says. */
const SHOWN_CLAIMS: readonly string[] = [
  'iss',
  'aud',
  'sub',
  'sid',
  'client_id',
  'scope',
  'permissions',
  'exp',
  'iat',
  'nbf',
  'auth_time',
  'acr',
  'amr',
  'jti',
  'cnf',
];

/**
 * What a log may hold of a compact JWS, verified or not: the values of identifiers, permissions and times, and of all other
 * claims the name. What can't be read is empty.
 */
export function describeToken(token: string): TokenContent {
  const [header, payload] = token.split('.', 2).map(readPart);
  const entries = Object.entries(payload ?? {});
  const shown = entries.flatMap(([name, value]) => {
    const text = SHOWN_CLAIMS.includes(name) ? shownValue(name, value) : undefined;
    return text === undefined ? [] : [[name, text] as const];
  });
  const names = shown.map(([name]) => name);
  return {
    header: pick(header ?? {}, SHOWN_PARAMETERS),
    claims: Object.fromEntries(shown),
    otherClaims: entries.map(([name]) => name.slice(0, 100)).filter((name) => !names.includes(name)),
  };
}

/** `cnf` names a key by its thumbprint (RFC 7800 §3.1, RFC 9449 §6.1). */
function shownValue(name: string, value: unknown): ComparedValue {
  if (name !== 'cnf') return toComparedValue(value);
  const thumbprint = isJsonObject(value) ? value['jkt'] : undefined;
  return typeof thumbprint === 'string' ? `jkt ${thumbprint.slice(0, 100)}` : undefined;
}

function pick(
  source: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, ComparedValue> {
  const found = names.map((name) => [name, toComparedValue(source[name])] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function readPart(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(fromBase64url(part)));
    return isJsonObject(value) ? value : {};
  } catch {
    return {}; // no JWT, which the verifier says
  }
}
