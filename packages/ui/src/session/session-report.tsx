import type { ReactNode } from 'react';
import { Countdown } from '../countdown.tsx';
import { claimRows } from './claim-rows.ts';
import { Claims } from './claims.tsx';
import { durationText, isoTime, utcTime } from '../time.ts';
import { describeEnds, type PermissionAge, type SessionEnds } from './session-ends.ts';

export interface SessionReportProps {
  readonly siteTitle: string;
  readonly providerTitle: string;
  /** The server's clock when it made the page, epoch seconds. */
  readonly now: number;
  /** The claims kept from the ID token. */
  readonly idTokenClaims: Readonly<Record<string, unknown>>;
  /** The access token's claims; undefined where the provider issues opaque ones. */
  readonly accessTokenClaims: Readonly<Record<string, unknown>> | undefined;
  /** Every permission of the site's own API and its sentence. */
  readonly permissions: Readonly<Record<string, string>>;
  /** Those of them that the person holds. */
  readonly held: readonly string[];
  readonly ends: SessionEnds & PermissionAge;
}

/** What a site knows about the person and why: decoded claims only, never a token. */
export function SessionReport(props: SessionReportProps) {
  const { siteTitle, providerTitle } = props;
  return (
    <div className="page session-report">
      <header className="report-section">
        <p className="eyebrow">Your session</p>
        <h1>What {siteTitle} knows about you, and why</h1>
        <p className="report-lede">
          Everything, in the words of the tokens it came in. {siteTitle} has no password of yours and shares
          no cookie with any other site.
        </p>
      </header>
      <TimeLeft {...props} />
      <Section
        title="What you may do here"
        lede={`${siteTitle} decides by these permissions, in its pages and in its API alike.`}
      >
        <LastConfirmed {...props} />
        <Permissions {...props} />
      </Section>
      <Section
        title="Kept from the ID token"
        lede={`${providerTitle} signed it to say who you are. It was read once, when you came back from signing in, and thrown away; these claims stayed.`}
      >
        <Claims rows={claimRows('id', props.idTokenClaims)} caption="Claims kept from the ID token" />
      </Section>
      <Section
        title="In the access token"
        lede={`${providerTitle} signed it to say what you may do at ${siteTitle}. It stays sealed in your session; no page and no script ever sees it.`}
      >
        <Claims
          rows={claimRows('access', props.accessTokenClaims ?? {})}
          caption="Claims of the access token"
        />
      </Section>
    </div>
  );
}

function TimeLeft({ ends, providerTitle, now }: SessionReportProps) {
  return (
    <Section title="Time left" lede="All of it ends by itself, without anybody doing anything.">
      <ul className="session-ends">
        {describeEnds(ends, providerTitle).map((end) => (
          <li key={end.label} className="panel">
            <h3>{end.label}</h3>
            <Countdown endsAt={end.endsAt} now={now} ended={end.ended} />
            <p className="muted">{end.sentence}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Section(props: { readonly title: string; readonly lede: string; readonly children: ReactNode }) {
  return (
    <section className="report-section">
      <h2>{props.title}</h2>
      <p className="report-lede">{props.lede}</p>
      {props.children}
    </section>
  );
}

/** Staleness has a bound, and it shows. */
function LastConfirmed({ ends, providerTitle }: Pick<SessionReportProps, 'ends' | 'providerTitle'>) {
  const { permissionsConfirmedAt: at, permissionsMaxAgeSeconds: most } = ends;
  if (at === undefined || most === undefined) return null;
  return (
    <p className="notice">
      {providerTitle} last confirmed them at <time dateTime={isoTime(at)}>{utcTime(at)}</time>. They never
      count when they are older than {durationText(most)}, and what {providerTitle} takes away now is gone
      within two seconds.
    </p>
  );
}

function Permissions({ permissions, held }: Pick<SessionReportProps, 'permissions' | 'held'>) {
  return (
    <ul className="permissions">
      {Object.entries(permissions).map(([name, sentence]) => (
        <li key={name}>
          <span className={held.includes(name) ? 'badge good' : 'badge'}>
            {held.includes(name) ? 'Yes' : 'No'}
          </span>
          <span>
            {sentence} <code className="code">{name}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
