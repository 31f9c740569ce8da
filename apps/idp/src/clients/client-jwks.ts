import { z } from 'zod';

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const publicJwk = z
  .looseObject({ kty: z.enum(['EC', 'RSA', 'OKP']) })
  .refine((jwk) => !PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name)), {
    message: 'holds a private key: register the public one, and replace the pair',
  });

/** A client's public keys (RFC 7591 §2 `jwks`). */
export const jwksSchema = z.object({ keys: z.array(publicJwk).min(1).max(20) });

export type ClientJwks = z.infer<typeof jwksSchema>;
