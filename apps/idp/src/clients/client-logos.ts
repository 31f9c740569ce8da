import { DAY, MINUTE } from '@sso/auth';
import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import { contentTypeOf } from '../http/body.ts';
import type { ClientFetch } from './client-fetch.ts';
import type { Client } from './client.ts';
import { RASTER_TYPES, type RasterType, rasterTypeOf } from './raster-image.ts';

export interface ClientLogo {
  readonly type: RasterType;
  readonly bytes: Uint8Array;
}

export interface ClientLogos {
  /** The picture at the client's `logo_uri`; undefined where it names none, or none that can be shown. Never rejects. */
  readonly find: (client: Client) => Promise<ClientLogo | undefined>;
}

/** How far a fetch of a logo goes, since the first page that shows it waits. */
export const LOGO_LIMITS = { maxBytes: 128 * 1024, timeoutSeconds: 2 };

const KEEP_SECONDS = DAY;
/** A server that is down is asked again only after a while: each time a page waits for it. */
const KEEP_FAILURE_SECONDS = 10 * MINUTE;
/** With the longest logos 12.5 MiB. The one that was asked for least recently leaves first. */
const MAX_LOGOS = 100;

interface Entry {
  readonly logo: Promise<ClientLogo | undefined>;
  readonly since: number;
  keepSeconds: number;
}

interface Context {
  readonly fetch: ClientFetch;
  readonly clock: () => number;
  readonly observe: ObserveProvider;
}

/**
 * browsers get logos from the provider. A picture that each browser loaded from the client's server would tell that
 * server who signs in, when and from where, and could become another one after anybody had looked at it.
 */
export function createClientLogos(context: Context): ClientLogos {
  const entries = new Map<string, Entry>();
  return {
    find(client) {
      const { logoUri, dynamicallyRegistered } = client;
      if (logoUri === undefined) return Promise.resolve(undefined);
      // The two kinds of client may reach different hosts, so neither gets what the other fetched.
      const key = `${dynamicallyRegistered} ${logoUri}`;
      const entry = findFresh(entries, key, context.clock()) ?? startFetch(context, client, logoUri);
      keep(entries, key, entry);
      return entry.logo;
    },
  };
}

function findFresh(entries: ReadonlyMap<string, Entry>, key: string, now: number): Entry | undefined {
  const entry = entries.get(key);
  return entry && now >= entry.since && now < entry.since + entry.keepSeconds ? entry : undefined;
}

/** As the latest one of all. */
function keep(entries: Map<string, Entry>, key: string, entry: Entry): void {
  entries.delete(key);
  entries.set(key, entry);
  const oldest = entries.keys().next();
  if (entries.size > MAX_LOGOS && !oldest.done) entries.delete(oldest.value);
}

function startFetch({ fetch, clock, observe }: Context, client: Client, logoUri: string): Entry {
  const load = async () => {
    try {
      const logo = await fetchLogo(fetch(client), logoUri);
      entry.keepSeconds = KEEP_SECONDS;
      return logo;
    } catch (error) {
      const message = `the logo of the client ${client.clientId} can't be shown: ${messageOf(error)}`;
      observe({ type: 'config.warned', message });
      return undefined;
    }
  };
  const entry: Entry = { logo: load(), since: clock(), keepSeconds: KEEP_FAILURE_SECONDS };
  return entry;
}

/** @throws Error that names what is wrong with the answer. */
async function fetchLogo(fetch: typeof globalThis.fetch, logoUri: string): Promise<ClientLogo> {
  const response = await fetch(logoUri, { headers: { accept: RASTER_TYPES.join(', ') } });
  if (response.status !== 200) throw new Error(`its server answers ${response.status}`);
  const declared = contentTypeOf(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const type = rasterTypeOf(bytes);
  if (type === undefined || !RASTER_TYPES.some((known) => known === declared))
    throw new Error(`it is none of ${RASTER_TYPES.join(', ')}`);
  return { type, bytes };
}
