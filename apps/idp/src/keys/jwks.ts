import type { JWK } from 'jose';
import { sha256 } from '../foundation/secrets.ts';

/** The JWKS as the bytes that go out, rendered once per rotation. */
export interface JwksDocument {
  readonly body: string;
  readonly etag: string;
}

export function renderJwks(jwks: { readonly keys: readonly JWK[] }): JwksDocument {
  const body = JSON.stringify(jwks);
  return { body, etag: `"${sha256(body)}"` };
}
