'use client';

import { useEffect, useState } from 'react';
import { durationText, isoTime, utcTime } from './time.ts';

export interface CountdownProps {
  /** The moment it counts down to, epoch seconds. */
  readonly endsAt: number;
  /** The server's clock when it made the page, epoch seconds: the browser's own may be wrong. */
  readonly now: number;
  /** Shown from that moment on. */
  readonly ended: string;
}

/** The time left, each second. Without JavaScript it states the moment of the end and the time left at page load. */
export function Countdown({ endsAt, now, ended }: CountdownProps) {
  const elapsed = useElapsedSeconds();
  const left = endsAt - now - (elapsed ?? 0);
  return (
    <span role="timer" className="countdown">
      {left > 0 ? <strong>{durationText(left)}</strong> : <strong>{ended}</strong>}
      <span className="muted">
        {elapsed === undefined ? ' from page load, until ' : ' until '}
        <time dateTime={isoTime(endsAt)}>{utcTime(endsAt)}</time>
      </span>
    </span>
  );
}

/** Whole seconds since the component was mounted in the browser; undefined before that. */
function useElapsedSeconds(): number | undefined {
  const [elapsed, setElapsed] = useState<number>();
  useEffect(() => {
    const start = Date.now();
    const tick = () => setElapsed(Math.floor((Date.now() - start) / 1000));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, []);
  return elapsed;
}
