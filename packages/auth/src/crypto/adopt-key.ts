import type { CryptoKey, JWK } from 'jose';
import { engine } from './chosen-engine.ts';

/** Tells the engine which private JWK a key that can't be exported was made of, so that it needs no other engine for it. */
export function adoptKey(key: CryptoKey, privateJwk: JWK): void {
  engine.adopt(key, privateJwk);
}
