import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { relyingParties, type RelyingParty } from '@sso/domains';
import { Failure } from '../terminal/failure.ts';
import { reasonOf, writePrivateFile, writePrivateJson } from '../system/private-files.ts';

/** What one site must keep to itself. */
export interface SiteSecrets {
  readonly clientSecret: string;
  /** Seals the site's session cookies: 32 bytes each, base64url; the first seals, all open. */
  readonly sessionKeys: readonly string[];
}

export type Secrets = Readonly<Record<RelyingParty['name'], SiteSecrets>>;

/**
 * The secrets of a stack, random, made when first needed and kept across runs, so that people stay signed in.
 * @throws Failure when the file is there and can't be understood
 */
export function openSecrets(path: string): Secrets {
  const kept = existsSync(path) ? readSecrets(path) : {};
  const secrets: Secrets = { shop: kept['shop'] ?? newSecrets(), blog: kept['blog'] ?? newSecrets() };
  if (relyingParties.some(({ name }) => kept[name] === undefined)) writePrivateJson(path, secrets);
  return secrets;
}

/** Makes the key that seals the provider's signing keys when there is none. It is kept for as long as the database. */
export function ensureKeyEncryptionKeys(path: string): void {
  if (!existsSync(path)) writePrivateFile(path, `${randomText()}\n`);
}

function newSecrets(): SiteSecrets {
  return { clientSecret: randomText(), sessionKeys: [randomText()] };
}

function randomText(): string {
  return randomBytes(32).toString('base64url');
}

/** @throws Failure when the file can't be understood */
export function readSecrets(path: string): Partial<Record<string, SiteSecrets>> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    if (isSecrets(value)) return value;
    throw new TypeError('another shape');
  } catch (error) {
    // The parser's message would quote the file.
    const reason =
      error instanceof SyntaxError
        ? 'not JSON'
        : error instanceof TypeError
          ? error.message
          : reasonOf(error);
    throw new Failure(`${path} can't be read (${reason})`, 'delete it; new secrets sign everybody out');
  }
}

function isSecrets(value: unknown): value is Partial<Record<string, SiteSecrets>> {
  return isRecord(value) && Object.values(value).every(isSiteSecrets);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isSiteSecrets(value: unknown): value is SiteSecrets {
  return (
    isRecord(value) &&
    typeof value['clientSecret'] === 'string' &&
    Array.isArray(value['sessionKeys']) &&
    value['sessionKeys'].length > 0 &&
    value['sessionKeys'].every((key) => typeof key === 'string')
  );
}
