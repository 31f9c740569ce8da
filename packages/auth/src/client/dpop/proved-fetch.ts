import type { ProcessProofs } from './process-proofs.ts';

/** An address, and the token for it, which is bound to the key of this process. */
interface BoundCall {
  readonly url: string;
  readonly accessToken: string;
}

/**
 * `fetch` with `Authorization: DPoP` and a proof (RFC 9449 §7.1); once more where the server wants its nonce first. A body
 * that is a stream can't be sent twice: such a refusal is the answer then.
 */
export async function provedFetch(
  proofs: ProcessProofs,
  { url, accessToken }: BoundCall,
  init: RequestInit,
  send: (url: string, init: RequestInit) => Promise<Response> = fetch,
): Promise<Response> {
  const call = async () => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `DPoP ${accessToken}`);
    headers.set('dpop', await proofs.prove({ method: init.method ?? 'GET', url }, accessToken));
    const answer = await send(url, { ...init, headers });
    proofs.learn(url, answer);
    return answer;
  };
  const answer = await call();
  if (!wantsNonce(answer) || init.body instanceof ReadableStream) return answer;
  await answer.body?.cancel();
  return call();
}

function wantsNonce({ status, headers }: Response): boolean {
  return status === 401 && /\berror="use_dpop_nonce"/.test(headers.get('www-authenticate') ?? '');
}
