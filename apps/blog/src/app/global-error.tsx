'use client';

import ErrorPage from './error.tsx';
import './globals.css';

/** The same words where even the frame of the page failed. */
export default function GlobalError(props: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <html lang="en" data-site="blog">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
