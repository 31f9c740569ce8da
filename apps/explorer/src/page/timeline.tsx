import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { lanes } from '../model/message.ts';
import { laneTitle, type Names } from '../model/sentences.ts';
import type { Row } from './filter.ts';
import { FlowRow, MessageRow } from './rows.tsx';

interface TimelineProps {
  readonly rows: readonly Row[];
  readonly names: Names;
  readonly selectedId: number | undefined;
  readonly isLive: boolean;
  readonly onSelect: (id: number) => void;
}

const ROW_PIXELS = { flow: 52, message: 60 };
/** Who reads further up is left there; who is at the end sees what comes. */
const NEAR_END_PIXELS = 160;

/** The diagram: a list for those who hear it or walk through it by keyboard, arrows between lanes for those who see it. */
export function Timeline({ rows, names, selectedId, isLive, onSelect }: TimelineProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler of React's memoizes what this returns
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_PIXELS[rows[index]?.type ?? 'message'],
    getItemKey: (index) => keyOf(rows[index]),
    overscan: 8,
  });
  useFollowing(scroller, isLive);
  const [active, move] = useActiveRow(rows, (index) => list.scrollToIndex(index), scroller);
  return (
    <section className="timeline" aria-label="Diagram">
      <div className="lanes" aria-hidden="true">
        {lanes.map((lane) => (
          <span key={lane} data-lane={lane}>
            {laneTitle(lane)}
          </span>
        ))}
      </div>
      <div className="timeline-body">
        <div className="lifelines" aria-hidden="true">
          <div />
        </div>
        <div className="timeline-scroller" ref={scroller}>
          {rows.length === 0 && <Nothing />}
          <ol
            className="timeline-rows"
            aria-label="Steps, in the order of their flows"
            style={{ height: list.getTotalSize() }}
          >
            {list.getVirtualItems().map(({ index, key, start, size }) => {
              const row = rows[index];
              if (!row) return null;
              const place = { transform: `translateY(${start}px)`, height: size };
              return (
                <li
                  key={key}
                  className="timeline-row"
                  aria-posinset={index + 1}
                  aria-setsize={rows.length}
                  style={place}
                >
                  {row.type === 'flow' ? (
                    <FlowRow flow={row.flow} names={names} />
                  ) : (
                    <MessageRow
                      message={row.message}
                      index={index}
                      isActive={index === active}
                      isSelected={row.message.id === selectedId}
                      onSelect={onSelect}
                      onKeyDown={move}
                    />
                  )}
                </li>
              );
            })}
          </ol>
        </div>
      </div>
    </section>
  );
}

function keyOf(row: Row | undefined): string {
  if (!row) return 'none';
  return row.type === 'flow' ? `flow ${row.flow.id}` : `step ${row.message.id}`;
}

function Nothing() {
  return <p className="timeline-nothing">Nothing has happened yet. Open a site in another tab and click.</p>;
}

function useFollowing(scroller: React.RefObject<HTMLDivElement | null>, isLive: boolean) {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PIXELS;
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [scroller]);
  // After every drawing, since any may have made the list longer.
  useEffect(() => {
    const element = scroller.current;
    if (element && isLive && isAtEnd.current) element.scrollTo({ top: element.scrollHeight });
  });
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** One row of the list takes the Tab key; arrow keys walk from step to step. */
function useActiveRow(
  rows: readonly Row[],
  scrollTo: (index: number) => void,
  scroller: React.RefObject<HTMLDivElement | null>,
) {
  const first = rows.findIndex(({ type }) => type === 'message');
  const [chosen, choose] = useState<number>();
  const [wanted, want] = useState<number>();
  useEffect(() => {
    if (wanted === undefined) return undefined;
    scrollTo(wanted);
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${wanted}"]`)?.focus();
      want(undefined);
    });
    return () => cancelAnimationFrame(frame);
  }, [wanted, scrollTo, scroller]);
  const active = chosen === undefined || rows[chosen]?.type !== 'message' ? first : chosen;
  const move = useCallback(
    (event: KeyboardEvent) => {
      const from = Number(
        event.target instanceof HTMLElement ? (event.target.dataset['index'] ?? active) : active,
      );
      const to = targetOf(rows, from, event.key);
      if (to === undefined) return;
      event.preventDefault();
      choose(to);
      want(to);
    },
    [rows, active],
  );
  return [active, move] as const;
}

const isStep = ({ type }: Row) => type === 'message';

function targetOf(rows: readonly Row[], from: number, key: string): number | undefined {
  if (key === 'Home') return rows.findIndex(isStep);
  if (key === 'End') return rows.findLastIndex(isStep);
  const by = STEPS[key];
  if (by === undefined) return undefined;
  const near = Math.max(0, Math.min(rows.length - 1, from + by));
  const direction = Math.sign(by);
  for (let at = near; at >= 0 && at < rows.length; at += direction)
    if (rows[at]?.type === 'message') return at;
  return from;
}
