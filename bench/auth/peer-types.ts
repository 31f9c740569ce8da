/** What `bench/auth` asks each library for: the same key, claims and content. */
export interface PeerInput {
  readonly issuer: string;
  readonly audience: string;
  /** ES256, with `d`. */
  readonly privateJwk: object;
  readonly claims: Readonly<Record<string, unknown>>;
  /** 32 bytes. */
  readonly sessionKey: Uint8Array;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What `bench/auth` measures of the libraries; texts are sealed by the library that opens them. */
export interface AuthPeers {
  readonly verify: (token: string) => Promise<unknown>;
  readonly sign: () => Promise<unknown>;
  readonly sealers: readonly PeerSealer[];
}

export interface PeerSealer {
  readonly name: string;
  readonly seal: () => Promise<string>;
  readonly open: (sealed: string) => Promise<unknown>;
}
