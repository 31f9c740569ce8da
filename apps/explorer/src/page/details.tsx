import { explainCheck } from '../explain/checks.ts';
import type { Explanation } from '../explain/explanation.ts';
import { explainParameter } from '../explain/parameters.ts';
import {
  answerChecksOf,
  type CheckRow,
  cookiesOf,
  decisionsOf,
  parametersOf,
  type TokenDetails,
  tokensOf,
} from '../explain/read-details.ts';
import type { Message } from '../model/message.ts';
import { laneTitle } from '../model/sentences.ts';

interface DetailsProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** Whoever opened it goes on from its heading. */
const focusOnce = (heading: HTMLElement | null) => heading?.focus();

/** One message, opened. */
export function Details({ message, onClose }: DetailsProps) {
  const { hop, title, from, to, failure } = message;
  return (
    <section className="details" aria-labelledby="details-heading">
      <div className="details-head">
        <h2 id="details-heading" tabIndex={-1} ref={focusOnce}>
          {title}
        </h2>
        <button className="button quiet small" type="button" onClick={onClose}>
          Close
        </button>
      </div>
      <p className="muted">
        {laneTitle(from)} to {laneTitle(to)} · {Math.round(hop.end - hop.at)} ms
      </p>
      <p className="details-address">
        <code>
          {hop.method} {hop.path}
        </code>{' '}
        <span className="badge">{hop.status}</span>
        {hop.location !== undefined && <span> to {hop.location}</span>}
      </p>
      {failure && (
        <div className="notice bad">
          <p>
            <strong>Refused: {failure.code}</strong>
          </p>
          <p>{failure.message}</p>
        </div>
      )}
      <Parameters message={message} />
      <Checks title="Checks of the answer" checks={answerChecksOf(message)} />
      {tokensOf(message).map((token, at) => (
        <Token key={`${at} ${token.title}`} token={token} />
      ))}
      <Cookies message={message} />
      <Decisions message={message} />
    </section>
  );
}

function Parameters({ message }: { readonly message: Message }) {
  const parameters = parametersOf(message);
  if (parameters.length === 0) return null;
  return (
    <section className="details-part">
      <h3>Parameters</h3>
      <dl className="details-list">
        {parameters.map(([name, value]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {value === undefined ? <em>no log holds its value</em> : <span className="value">{value}</span>}
              <Why explanation={explainParameter(name)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Why({ explanation }: { readonly explanation: Explanation | undefined }) {
  if (!explanation) return null;
  return (
    <span className="why">
      {explanation.sentence}{' '}
      <a href={explanation.source.href} target="_blank" rel="noreferrer">
        {explanation.source.label}
      </a>
    </span>
  );
}

function Checks({ title, checks }: { readonly title: string; readonly checks: readonly CheckRow[] }) {
  if (checks.length === 0) return null;
  return (
    <section className="details-part">
      <h3>{title}</h3>
      <ul className="checks">
        {checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check: { name, expected, found, passed } }: { readonly check: CheckRow }) {
  const explanation = explainCheck(name);
  return (
    <li data-passed={passed}>
      <p>
        <span className={passed ? 'badge good' : 'badge bad'}>{passed ? '✓ passed' : '✗ failed'}</span>{' '}
        <code>{name}</code>
      </p>
      <dl className="compared">
        <dt>wanted</dt>
        <dd>{expected}</dd>
        <dt>found</dt>
        <dd>{found}</dd>
      </dl>
      <Why explanation={explanation} />
      {!passed && explanation && <p className="mend">To mend it: {explanation.mend}</p>}
    </li>
  );
}

function Token({ token }: { readonly token: TokenDetails }) {
  return (
    <section className="details-part">
      <h3>{token.title}</h3>
      {token.header.length > 0 && (
        <p className="muted">{token.header.map(([name, value]) => `${name} ${value}`).join(' · ')}</p>
      )}
      <Checks title="Checks" checks={token.checks} />
      <dl className="details-list">
        {token.rows.map(({ name, value, sentence, source }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <span className="value">{value}</span>
              <Why explanation={{ sentence, source }} />
            </dd>
          </div>
        ))}
      </dl>
      {token.otherClaims.length > 0 && (
        <p className="muted">Beside these, without their values: {token.otherClaims.join(', ')}</p>
      )}
    </section>
  );
}

function Cookies({ message }: { readonly message: Message }) {
  const cookies = cookiesOf(message);
  if (cookies.length === 0) return null;
  return (
    <section className="details-part">
      <h3>Cookies</h3>
      <ul className="cookies">
        {cookies.map(({ name, what, attributes }) => (
          <li key={`${what} ${name}`}>
            <span className="badge">{what}</span> <code>{name}</code>
            {attributes !== '' && <span className="muted"> {attributes}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decisions({ message }: { readonly message: Message }) {
  const decisions = decisionsOf(message);
  if (decisions.length === 0) return null;
  return (
    <section className="details-part">
      <h3>What was decided</h3>
      <ul className="cookies">
        {decisions.map(({ event, text }) => (
          <li key={event.id}>
            <code>{event.type}</code> <span className="muted">{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
