import { z } from 'zod';
import { isSecureUrl } from '../clients/redirect-uris.ts';
import { parseEncryptionKeys } from '../foundation/encryption-keys.ts';
import { messageOf } from '../foundation/error-message.ts';
import { nameSchema } from '../foundation/names.ts';
import { parseTrustedProxies, type TrustedProxies } from '../http/client-address.ts';

/** OIDC Discovery §3: an https origin; http on this machine only, by rule and not by switch. */
export const issuerSchema = z.string('is needed').superRefine((value, context) => {
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  if (!URL.canParse(value)) return complain('is a URL such as https://id.example.com');
  const url = new URL(value);
  if (url.origin !== value) return complain(`is an origin without path or final slash, as ${url.origin}`);
  if (!isSecureUrl(value)) complain('is https; http is for 127.0.0.1, [::1], localhost and *.localhost only');
});

export const serviceNameSchema = nameSchema.max(60, 'has at most 60 characters').default('Meridian');

export const databaseSchema = z
  .string()
  .regex(/^(file:.|postgres(ql)?:\/\/)/, 'starts with file: or postgres://')
  .default('file:idp.sqlite');

export const proxiesSchema = z.string().optional().transform(readProxies);

function readProxies(text: string | undefined, context: z.RefinementCtx): TrustedProxies | undefined {
  try {
    return text === undefined ? undefined : parseTrustedProxies(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
    return z.NEVER;
  }
}

/** Host names and addresses, as a URL's `hostname` gives them. */
export const hostsSchema = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((host) => host.trim().toLowerCase() || []))
  .superRefine((hosts, context) => {
    const wrong = hosts.find((host) => !isHostname(host));
    if (wrong === undefined) return;
    context.addIssue({ code: 'custom', message: `"${wrong}" is no host name or address without port` });
  });

function isHostname(host: string): boolean {
  return URL.canParse(`http://${host}`) && new URL(`http://${host}`).hostname === host;
}

/** Errors never repeat a key. */
export const encryptionKeysSchema = z
  .string()
  .optional()
  .transform((text, context) => {
    try {
      return text === undefined ? undefined : parseEncryptionKeys(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: messageOf(error) });
      return z.NEVER;
    }
  });

const LEAST_TOKEN_LENGTH = 32;

/** Each of these tokens allows its bearer to register clients, so each is too long to guess. Errors never repeat one. */
export const initialAccessTokensSchema = z
  .string()
  .optional()
  .transform((text) => (text ?? '').split(',').flatMap((token) => token.trim() || []))
  .refine((tokens) => tokens.every((token) => TOKEN.test(token) && token.length >= LEAST_TOKEN_LENGTH), {
    message: `is a list with commas between tokens of at least ${LEAST_TOKEN_LENGTH} characters A-Z a-z 0-9 - . _ ~ + /`,
  });

// RFC 6750 §2.1: what a Bearer token may be made of.
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export const logLevelSchema = z.enum(LOG_LEVELS, `is one of ${LOG_LEVELS.join(', ')}`).default('info');
