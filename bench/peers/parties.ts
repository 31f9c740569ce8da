/** Who takes part at every provider that is measured: one confidential client, one person, one API. */
export const CLIENT = {
  id: 'bench',
  secret: 'a-secret-for-the-bench-0123456789',
  redirectUri: 'https://bench.example/callback',
} as const;

export const API = 'https://bench.example/api';
export const PERMISSION = 'bench:things.read';
export const PERSON = { username: 'ada', password: 'the analytical engine weaves' } as const;

/** What `bench/idp` starts a peer with. */
export interface PeerSettings {
  readonly port: number;
  readonly issuer: string;
  readonly file: string;
}

export function peerSettings(): PeerSettings {
  const { PORT = '0', DATABASE_FILE = '' } = process.env;
  return { port: Number(PORT), issuer: `http://127.0.0.1:${PORT}`, file: DATABASE_FILE };
}
