'use client';

import { Claims, claimRows, Notice } from '@sso/ui';
import { useState } from 'react';
import { isNoToken, type PageTaken, takeFromPage } from './take-from-page.ts';
import type { OwnWay } from './ways.ts';

interface PageWayProps {
  readonly way: OwnWay;
  readonly audience: string;
  readonly url: string;
}

type Outcome =
  | { readonly kind: 'taken'; readonly taken: PageTaken }
  | { readonly kind: 'failed'; readonly code: string };

/** The way that this page takes by itself, and what came of it. */
export function PageWay({ way, audience, url }: PageWayProps) {
  const [outcome, setOutcome] = useState<Outcome>();
  const take = async () => {
    try {
      setOutcome({ kind: 'taken', taken: await takeFromPage({ audience, url }) });
    } catch (error) {
      setOutcome({ kind: 'failed', code: isNoToken(error) ? error.error : 'no_answer' });
    }
  };
  return (
    <section className={outcome ? 'way taken' : 'way'} aria-labelledby={way.id}>
      <h2 id={way.id}>{way.title}</h2>
      <p className="text-soft">{way.when}</p>
      <ol>
        {way.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button className="button" type="button" onClick={() => void take()}>
        {way.button}
      </button>
      <div aria-live="polite">{outcome && <OutcomeView outcome={outcome} />}</div>
    </section>
  );
}

function OutcomeView({ outcome }: { readonly outcome: Outcome }) {
  if (outcome.kind === 'failed') {
    return (
      <Notice tone="bad" title={`No answer: ${outcome.code}`}>
        <p>The page got no token, or the other site did not answer.</p>
      </Notice>
    );
  }
  const { steps, claims, body } = outcome.taken;
  return (
    <section className="taken-way" aria-label="From this page: what happened">
      <ol>
        {steps.map(({ what, status, challenge }, at) => (
          <li key={at}>
            {what}: <strong>{status}</strong> {challenge && <code className="code">{challenge}</code>}
          </li>
        ))}
      </ol>
      {claims && (
        <Claims rows={claimRows('access', claims)} caption="Claims of the token that this page held" />
      )}
      <pre className="wire">{body}</pre>
    </section>
  );
}
