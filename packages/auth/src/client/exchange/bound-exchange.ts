import type { TokenEndpointResponse } from 'oauth4webapi';
import { authError, fromBase64url } from '../../foundation/index.ts';
import { personOf, type Session } from '../../session/index.ts';
import type { DpopProof } from '../../tokens/index.ts';
import type { BoundToken } from '../../wire/index.ts';
import type { Site } from '../site.ts';
import { readTokenResponse } from '../token-endpoint/read-token-response.ts';
import { findTokenError, toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import { requireAccessToken, sendExchange } from './token-exchange.ts';

/** A browser's verified proof, and its text for the provider. */
export interface RelayedProof extends Pick<DpopProof, 'jkt'> {
  readonly text: string;
}

/** What the provider made of a relayed proof; `nonce` is for the next one. */
export type BoundExchange =
  | { readonly kind: 'token'; readonly token: BoundToken; readonly nonce: string | undefined }
  | {
      readonly kind: 'refused';
      readonly error: 'use_dpop_nonce' | 'invalid_dpop_proof';
      readonly nonce: string | undefined;
    };

/**
 * Exchanges the session's own token for one of another audience that is bound to the browser's key (RFC 8693, RFC 9449 §5):
 * the site proves the client, the browser its key. Nothing of it is kept here.
 *
 * @throws AuthError `token_exchange_rejected`, `provider_unavailable`
 */
export async function exchangeBoundToken(
  site: Site,
  session: Session,
  audience: string,
  proof: RelayedProof,
): Promise<BoundExchange> {
  const subject = { ...site.names, ...personOf(session), audience };
  let nonce: string | undefined;
  try {
    const response = await sendExchange(site, session.accessToken, audience, proof.text);
    nonce = response.headers.get('dpop-nonce') ?? undefined;
    const { metadata } = await site.provider.discover();
    const tokens = requireAccessToken(await readTokenResponse(site, metadata, response), audience);
    const token = requireBound(tokens, audience, proof.jkt);
    const expiresAt = site.clock() + token.expires_in;
    site.observe({ type: 'token.exchanged', ...subject, expiresAt, jkt: proof.jkt });
    return { kind: 'token', token, nonce };
  } catch (caught) {
    const error = findTokenError(caught);
    // A question, and no failure.
    if (error === 'use_dpop_nonce') return { kind: 'refused', error, nonce };
    const isAboutProof = error === 'invalid_dpop_proof';
    const failure = toTokenEndpointError(caught, {
      code: isAboutProof ? 'dpop_proof_invalid' : 'token_exchange_rejected',
      what: `no bound token for ${audience}`,
    });
    const { code, message, transient } = failure;
    site.observe({ type: 'exchange.failed', ...subject, code, message, transient });
    if (isAboutProof) return { kind: 'refused', error, nonce };
    throw failure;
  }
}

/** A provider that knows no DPoP ignores the proof: its token would work for whoever copies it, so no page may have it. */
function requireBound(tokens: TokenEndpointResponse, audience: string, jkt: string): BoundToken {
  const { access_token, expires_in = 0 } = tokens;
  const isBound = tokens.token_type === 'dpop' && findThumbprint(access_token) === jkt;
  if (isBound) return { access_token, token_type: 'DPoP', expires_in: Math.floor(expires_in) };
  throw authError(
    'token_exchange_rejected',
    `the provider's token for ${audience} is not bound to the key that was proved: does it support DPoP (RFC 9449)?`,
  );
}

/** `cnf.jkt` of a token that came from the provider a moment ago; the API verifies it. */
function findThumbprint(token: string): unknown {
  try {
    const payload = new TextDecoder().decode(fromBase64url(token.split('.')[1] ?? ''));
    const claims: Partial<Record<string, unknown>> = Object(JSON.parse(payload));
    const cnf: Partial<Record<string, unknown>> = Object(claims['cnf']);
    return cnf['jkt'];
  } catch {
    return undefined; // an opaque token, which says nothing of its key
  }
}
