import { decode, encode } from '@auth/core/jwt';
import { sealData, unsealData } from 'iron-session';
import { EncryptJWT, importJWK, type JWK, jwtDecrypt, jwtVerify, SignJWT } from 'jose';
import type { AuthPeers, PeerInput, PeerSealer } from '../auth/peer-types.ts';

export async function openAuthPeers(input: PeerInput): Promise<AuthPeers> {
  const { issuer, audience, claims } = input;
  const { d: _, ...publicJwk }: JWK = input.privateJwk;
  const [privateKey, publicKey] = [
    await importJWK(input.privateJwk, 'ES256'),
    await importJWK(publicJwk, 'ES256'),
  ];
  const required = { issuer, audience, algorithms: ['ES256'], typ: 'at+jwt' };
  return {
    verify: (token) => jwtVerify(token, publicKey, required),
    sign: () => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' }).sign(privateKey),
    sealers: sealers(input),
  };
}

function sealers({ sessionKey, content }: PeerInput): PeerSealer[] {
  const password = Buffer.from(sessionKey).toString('base64url');
  const named = { secret: password, salt: 'session' };
  return [
    {
      name: 'jose',
      seal: () =>
        new EncryptJWT(content).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(sessionKey),
      open: (sealed) => jwtDecrypt(sealed, sessionKey),
    },
    {
      name: 'iron-session',
      seal: () => sealData(content, { password }),
      open: (sealed) => unsealData(sealed, { password }),
    },
    {
      name: 'Auth.js',
      seal: () => encode({ ...named, token: content }),
      open: (sealed) => decode({ ...named, token: sealed }),
    },
  ];
}
