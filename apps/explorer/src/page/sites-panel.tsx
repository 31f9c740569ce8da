import { durationText } from '@sso/ui/time';
import { useEffect, useMemo, useState } from 'react';
import type { Message } from '../model/message.ts';
import { laneTitle, type Names, personName } from '../model/sentences.ts';
import { type KnownSession, statesAfter } from '../model/site-states.ts';
import { siteNames } from '../records/record.ts';

interface SitesPanelProps {
  readonly messages: readonly Message[];
  readonly names: Names;
}

/** What each site knows now. */
export function SitesPanel({ messages, names }: SitesPanelProps) {
  const states = useMemo(() => statesAfter(messages), [messages]);
  const now = useNow();
  return (
    <section className="sites" aria-labelledby="sites-heading">
      <h2 id="sites-heading">What each site knows now</h2>
      {siteNames.map((site) => (
        <section key={site} data-lane={site}>
          <h3>{laneTitle(site)}</h3>
          {states[site].length === 0 ? (
            <p className="muted">Nobody is signed in here, as far as this diagram goes.</p>
          ) : (
            <ul>
              {states[site].map((session) => (
                <Session key={session.key} session={session} names={names} now={now} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </section>
  );
}

interface SessionProps {
  readonly session: KnownSession;
  readonly names: Names;
  readonly now: number;
}

function Session({ session, names, now }: SessionProps) {
  return (
    <li>
      <p>
        <strong>{personName(session.sub, names)}</strong>, session <code>{session.key.slice(0, 8)}</code>, for{' '}
        {durationText(now - session.since / 1000)}
      </p>
      {session.tokens.length > 0 && (
        <ul className="tokens">
          {session.tokens.map(({ audience, expiresAt, permissions }) => (
            <li key={audience}>
              Token for <span className="value">{audience}</span>:{' '}
              {expiresAt > now ? `${durationText(expiresAt - now)} left` : 'over'}
              {permissions.length > 0 && <span className="muted"> · {permissions.join(', ')}</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Seconds since the epoch, each second anew. */
function useNow(): number {
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
