import type { SigningAlgorithm } from '@sso/auth/tokens';
import { z } from 'zod';

/** What clients may sign their assertions with (RFC 7523). Asymmetric only: nobody but the client has its key. */
export const ASSERTION_ALGS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
] as const satisfies readonly SigningAlgorithm[];

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const publicJwk = z
  .looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']) })
  .refine((jwk) => !PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name)), {
    message: 'holds a private key: register the public one, and replace the pair',
  });

/** A client's public keys (RFC 7591 §2 `jwks`). */
export const jwksSchema = z.object({ keys: z.array(publicJwk).min(1).max(20) });

export type RegisteredJwks = z.infer<typeof jwksSchema>;
