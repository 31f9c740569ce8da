import { siteNames, type SiteName } from '../records/record.ts';
import type { NewRecord } from '../records/new-record.ts';
import { followFile } from './follow-file.ts';
import { readAccessLine } from './read-access-line.ts';
import { readEventLine } from './read-event-line.ts';

interface Logs {
  readonly SITES: Readonly<Record<SiteName, string>>;
  readonly ACCESS_LOG: string;
  readonly EVENT_LOGS: Readonly<Record<SiteName, string>>;
}

interface Reader {
  readonly add: (records: readonly NewRecord[]) => void;
  readonly signal: AbortSignal;
}

/** Follows Caddy's log and those of the apps until the signal is aborted. */
export async function followLogs(logs: Logs, { add, signal }: Reader): Promise<void> {
  const siteOf = siteFinder(logs.SITES);
  const follow = (
    path: string,
    read: (line: string) => NewRecord | undefined,
    options: { readonly backlogBytes?: number } = {},
  ) =>
    followFile(path, {
      ...options,
      signal,
      onLines: (lines) => add(lines.flatMap((line) => read(line) ?? [])),
    });
  await Promise.all([
    // Caddy goes on writing the log of earlier runs; the apps begin theirs anew.
    follow(logs.ACCESS_LOG, (line) => readAccessLine(line, siteOf), { backlogBytes: 0 }),
    ...siteNames.map((site) => follow(logs.EVENT_LOGS[site], (line) => readEventLine(line, site))),
  ]);
}

/** Which site a Host belongs to. */
export function siteFinder(
  sites: Readonly<Record<SiteName, string>>,
): (host: string) => SiteName | undefined {
  const byHost = new Map(siteNames.map((name) => [new URL(sites[name]).host, name]));
  return (host) => byHost.get(host);
}
