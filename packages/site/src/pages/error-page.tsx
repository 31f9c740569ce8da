'use client';

import { type PageLink, MessagePage } from '@sso/ui';
import type { ReactNode } from 'react';

/** What Next hands to `error.tsx` and `global-error.tsx`. */
export interface ErrorProps {
  readonly error: unknown;
  /** Renders the page again. */
  readonly retry: () => void;
}

interface ErrorPageProps extends ErrorProps {
  readonly mark: ReactNode;
  readonly homeLink: PageLink;
}

/** Stands in for a page that failed. The server's log says what went wrong, under the same reference. */
export function ErrorPage({ error, retry, mark, homeLink }: ErrorPageProps) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <main id="main">
      <MessagePage
        eyebrow="Clouded over"
        title="Something on our side went wrong"
        mark={mark}
        actions={[homeLink]}
      >
        <p>It was not you. Trying again often helps; if it does not, the reference below helps us.</p>
        {digest !== undefined && (
          <p className="muted">
            Reference: <code className="code">{digest}</code>
          </p>
        )}
        <p>
          <button className="button quiet" type="button" onClick={retry}>
            Try again
          </button>
        </p>
      </MessagePage>
    </main>
  );
}
