import { AsyncLocalStorage } from 'node:async_hooks';
import type { ProviderEvent } from '../events/provider-event.ts';
import { levelOf, type LogLevel, isAtLeast } from './levels.ts';
import { redact } from './redact.ts';

/** What a request was and came to. No header, no query, no body. */
export interface AnsweredRequest {
  readonly method: string;
  /** As `createPathRedactor` gives it. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** The client's address as far as trusted proxies say; undefined when unknown. */
  readonly address: string | undefined;
  /** Where it is logged outside of the request's own context. */
  readonly requestId?: string;
}

/** One JSON object a line: `time`, `level`, `type`, `requestId` where a request is behind it, then what it is about. */
export interface Log {
  /** Logs an event. Audit events are written whatever the level. */
  readonly observe: (event: ProviderEvent) => void;
  logRequest(request: AnsweredRequest): void;
  /** Runs a request's work; what it logs carries the id. */
  withRequestId<T>(requestId: string, work: () => T): T;
}

interface LogOptions {
  readonly level: LogLevel;
  /** Takes whole lines. */
  readonly write: (line: string) => void;
  /** Writes out what was taken; an audit line does not wait, so that it is there before the answer to the request is. */
  readonly flush?: () => void;
  /** Who is at the command line; each line names them. */
  readonly operator?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createLog({ level, write, flush, now, operator }: LogOptions): Log {
  const requests = new AsyncLocalStorage<string>();
  const timeOf = createTimeFormat();
  const put = (own: LogLevel, content: object) => {
    const requestId = requests.getStore();
    const about = requestId === undefined ? { operator } : { operator, requestId };
    write(`${JSON.stringify({ time: timeOf(now()), level: own, ...content, ...about })}\n`);
  };
  return {
    withRequestId: (requestId, work) => requests.run(requestId, work),
    observe(event) {
      const own = levelOf(event);
      if (event.type === 'request.detailed') {
        put(own, event);
        flush?.();
        return;
      }
      if (isAudit(event)) {
        put(own, { audit: true, ...event });
        flush?.();
      } else if (isAtLeast(own, level)) put(own, redacted(event));
    },
    logRequest(request) {
      const own = levelOfAnswer(request);
      if (isAtLeast(own, level)) put(own, { type: 'request.answered', ...request });
    },
  };
}

/** Many lines are of the same millisecond. */
function createTimeFormat(): (milliseconds: number) => string {
  let [last, text] = [Number.NaN, ''];
  return (milliseconds) => {
    if (milliseconds !== last) [last, text] = [milliseconds, new Date(milliseconds).toISOString()];
    return text;
  };
}

type Technical = Extract<
  ProviderEvent,
  { readonly message: string } | { readonly type: 'outbox.counted' | `notice.${string}` }
>;

/** Who did what, for whom, and how it ended; the rest is about the machine. */
function isAudit(event: ProviderEvent): event is Exclude<ProviderEvent, Technical> {
  return !('message' in event) && event.type !== 'outbox.counted' && !event.type.startsWith('notice.');
}

function redacted(event: Technical): object {
  return 'message' in event ? { ...event, message: redact(event.message) } : event;
}

function levelOfAnswer({ status, path }: AnsweredRequest): LogLevel {
  if (status >= 500 && path !== '/readyz') return 'error';
  return path === '/healthz' || path === '/readyz' ? 'debug' : 'info';
}
