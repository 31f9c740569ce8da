import { randomId } from '../foundation/secrets.ts';

/** What the id of a waiting request says by itself. Nothing is decided by it: anybody can write such an id. */
export interface InteractionId {
  /** Until when it was meant to wait, in seconds. */
  readonly expiresAt: number;
  readonly clientId: string | undefined;
}

/**
 * A new id, which also carries which site asked and until when: so the page of a request that is gone still has a way
 * on to the site.
 */
export function createInteractionId({ expiresAt, clientId }: InteractionId): string {
  const client = clientId === undefined ? [] : [Buffer.from(clientId).toString('base64url')];
  return [randomId(), expiresAt.toString(36), ...client].join('.');
}

/** What an id says; undefined for one that is none of ours. */
export function parseInteractionId(id: string): InteractionId | undefined {
  const [, expiry, client] = /^[\w-]{22}\.([0-9a-z]{1,10})(?:\.([\w-]{1,400}))?$/.exec(id) ?? [];
  if (expiry === undefined) return undefined;
  return {
    expiresAt: Number.parseInt(expiry, 36),
    clientId: client === undefined ? undefined : Buffer.from(client, 'base64url').toString(),
  };
}
