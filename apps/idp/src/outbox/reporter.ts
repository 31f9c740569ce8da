import type { ObserveProvider } from '../events/provider-event.ts';
import { messageOf } from '../foundation/error-message.ts';
import type { Lane, Notice, OutboxStore } from '../store/index.ts';
import type { TellResult } from './tell-client.ts';

/** Says in events how the notices fare: each delivery, and of a failing address only when it fails in another way. */
export interface Reporter {
  tried(lane: Lane, notice: Notice, result: TellResult): void;
  /** These were given up, a lane for each notice. */
  gaveUp(lanes: readonly Lane[]): void;
  /** The figures for a metrics system. Never rejects. */
  countNotices(): Promise<void>;
}

interface ReporterContext {
  readonly store: Pick<OutboxStore, 'countNotices'>;
  readonly observe: ObserveProvider;
  readonly clock: () => number;
}

export function createReporter({ store, observe, clock }: ReporterContext): Reporter {
  const problems = new Map<string, string>();
  const counts = { delivered: 0, failed: 0, givenUp: 0 };
  return {
    tried({ name, kind, clientId }, notice, result) {
      if (result.type === 'delivered') {
        counts.delivered += 1;
        problems.delete(name);
        const { sessionId, tries, createdAt } = notice;
        observe({ type: 'notice.delivered', kind, clientId, sessionId, tries, seconds: clock() - createdAt });
        return;
      }
      counts.failed += 1;
      const problem = JSON.stringify(result);
      if (problems.get(name) === problem) return;
      problems.set(name, problem);
      observe(
        result.type === 'refused'
          ? { type: 'notice.refused', kind, clientId, status: result.status }
          : { type: 'notice.failed', kind, clientId, message: result.message },
      );
    },
    gaveUp(lanes) {
      counts.givenUp += lanes.length;
      for (const { kind, clientId, name } of new Map(lanes.map((lane) => [lane.name, lane])).values()) {
        const count = lanes.filter((lane) => lane.name === name).length;
        observe({ type: 'notice.given-up', kind, clientId, count });
      }
    },
    async countNotices() {
      try {
        const { waiting, oldestAt } = await store.countNotices();
        const oldestSeconds = oldestAt === undefined ? 0 : Math.max(0, clock() - oldestAt);
        observe({ type: 'outbox.counted', waiting, oldestSeconds, ...counts });
      } catch (error) {
        observe({ type: 'error.internal', name: 'outbox', message: messageOf(error) });
      }
    },
  };
}
