import type { ReactNode } from 'react';
import { Countdown } from '../countdown.tsx';
import { type ClaimRow, claimRows } from './claim-rows.ts';

/** A permission of this site's own API and whether the person holds it. */
export interface PermissionFact {
  readonly name: string;
  readonly sentence: string;
  readonly held: boolean;
}

/** Something that ends by itself. */
export interface ClockFact {
  readonly label: string;
  readonly sentence: string;
  /** Epoch seconds. */
  readonly endsAt: number;
  /** What is said once it has ended. */
  readonly ended: string;
}

export interface SessionReportProps {
  readonly siteTitle: string;
  readonly providerTitle: string;
  /** The server's clock when it made the page, epoch seconds. */
  readonly now: number;
  readonly idTokenClaims: Readonly<Record<string, unknown>>;
  readonly accessTokenClaims: Readonly<Record<string, unknown>>;
  readonly permissions: readonly PermissionFact[];
  readonly clocks: readonly ClockFact[];
}

/** What a site knows about the person and why: decoded claims only, never a token. */
export function SessionReport(props: SessionReportProps) {
  const { siteTitle, providerTitle, now, permissions, clocks } = props;
  return (
    <div className="session-report">
      <Section title="Time left" lede="Everything here ends by itself. Whichever ends first counts.">
        <ul className="clocks">
          {clocks.map((clock) => (
            <li key={clock.label} className="panel">
              <h3>{clock.label}</h3>
              <Countdown endsAt={clock.endsAt} now={now} ended={clock.ended} />
              <p className="muted">{clock.sentence}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title="What you may do here"
        lede={`${siteTitle} decides by these permissions, in its pages and in its API alike.`}
      >
        <Permissions permissions={permissions} />
      </Section>
      <Section
        title="From the ID token"
        lede={`${providerTitle} signed this to say who you are. It was read once, when you came back from signing in, and then thrown away; these claims were kept.`}
      >
        <Claims rows={claimRows('id', props.idTokenClaims)} caption="Claims kept from the ID token" />
      </Section>
      <Section
        title="In the access token"
        lede={`${providerTitle} signed this to say what you may do at ${siteTitle}. It lives in your sealed session cookie; no page and no script ever sees it.`}
      >
        <Claims rows={claimRows('access', props.accessTokenClaims)} caption="Claims of the access token" />
      </Section>
    </div>
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

function Permissions({ permissions }: Pick<SessionReportProps, 'permissions'>) {
  return (
    <ul className="permissions">
      {permissions.map(({ name, sentence, held }) => (
        <li key={name}>
          <span className={held ? 'badge good' : 'badge'}>{held ? 'Yes' : 'No'}</span>
          <span>
            {sentence} <code className="code">{name}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Claims({ rows, caption }: { readonly rows: readonly ClaimRow[]; readonly caption: string }) {
  return (
    <table className="claims">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Value and what it means</th>
          <th scope="col">Written in</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <code>{row.name}</code>
            </th>
            <td>
              <span className="claim-value">{row.value}</span>
              <span className="muted">{row.sentence}</span>
            </td>
            <td>
              <a href={row.source.href}>{row.source.label}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
