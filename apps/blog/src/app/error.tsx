'use client';

import { StatePage } from '@sso/ui';
import { Mark } from '../frame/mark.tsx';

/** Shown in place of a page that failed. What went wrong is in the server's log under the same reference. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <main id="main">
      <StatePage
        eyebrow="Clouded over"
        title="Something on our side went wrong"
        mark={<Mark />}
        actions={[{ href: '/', label: 'All notes' }]}
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
      </StatePage>
    </main>
  );
}
