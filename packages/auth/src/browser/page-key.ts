/** A key of this page, whose private half no script can read. */
export interface PageKey {
  /** Makes the proof of one request (RFC 9449 §4.2). */
  readonly prove: (proof: PageProof) => Promise<string>;
}

export interface PageProof {
  readonly method: string;
  readonly url: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly accessToken?: string | undefined;
  readonly nonce?: string | undefined;
}

/** Made by the browser, and gone with the page. */
export async function createPageKey(): Promise<PageKey> {
  const { subtle } = crypto;
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const { crv, kty, x, y } = await subtle.exportKey('jwk', pair.publicKey);
  const header = encode(JSON.stringify({ typ: 'dpop+jwt', alg: 'ES256', jwk: { crv, kty, x, y } }));
  return {
    async prove({ method, url, iat, accessToken, nonce }) {
      const { origin, pathname } = new URL(url);
      const ath = accessToken === undefined ? undefined : await hash(accessToken);
      const claims = { jti: crypto.randomUUID(), htm: method, htu: origin + pathname, iat, ath, nonce };
      const text = `${header}.${encode(JSON.stringify(claims))}`;
      const signature = await subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        utf8.encode(text),
      );
      return `${text}.${toBase64url(signature)}`;
    },
  };
}

const utf8 = new TextEncoder();
const hash = async (text: string) => toBase64url(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
const encode = (text: string) => toBase64url(utf8.encode(text));

function toBase64url(bytes: ArrayBuffer | Uint8Array): string {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
