import type { TokenEndpointRequestOptions } from 'oauth4webapi';
import type { ProviderMetadata } from '../../provider/index.ts';
import type { Site } from '../site.ts';

/**
 * Sends a token request; where the client is registered for bound tokens, with a proof of this process's key (RFC 9449 §5), and
 * once more where the provider wants its nonce first (§8). The request is built anew: what proves the client counts once, too.
 *
 * @param send builds and sends the request with these options beside its own
 */
export async function askTokenEndpoint(
  { proofs }: Pick<Site, 'proofs'>,
  { token_endpoint: url }: ProviderMetadata,
  send: (options: Pick<TokenEndpointRequestOptions, 'headers'>) => Promise<Response>,
): Promise<Response> {
  if (!proofs || url === undefined) return send({});
  const ask = async () => {
    const answer = await send({ headers: { dpop: await proofs.prove({ method: 'POST', url }) } });
    proofs.learn(url, answer);
    return answer;
  };
  const answer = await ask();
  return (await wantsNonce(answer)) ? ask() : answer;
}

/** RFC 9449 §8: 400 with the error `use_dpop_nonce`; some providers say 401. */
async function wantsNonce(answer: Response): Promise<boolean> {
  if (answer.ok || !answer.headers.has('dpop-nonce')) return false;
  try {
    const { error }: Partial<Record<string, unknown>> = Object(await answer.clone().json());
    return error === 'use_dpop_nonce';
  } catch {
    return false; // no JSON, which whoever reads the answer says
  }
}
