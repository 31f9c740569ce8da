// @vitest-environment node
import { Suspense } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type PublicSession, SessionProvider, SignedIn, SignedOut, useSession } from './index.ts';

const ada: PublicSession = { user: { sub: 'ada', name: 'Ada' }, permissions: [], endsAt: 2_000_000_000 };

const Greeting = () => <p>{useSession()?.user.name ?? 'visitor'}</p>;

const page = (initial: Promise<PublicSession | undefined>) => (
  <html lang="en">
    <body>
      <SessionProvider initial={initial}>
        <Suspense fallback={<i>wait</i>}>
          <Greeting />
          <SignedIn>in</SignedIn>
          <SignedOut>out</SignedOut>
        </Suspense>
        <main>everything else</main>
      </SessionProvider>
    </body>
  </html>
);

const textOf = ({ value }: ReadableStreamReadResult<Uint8Array>) => new TextDecoder().decode(value);

async function restOf(chunks: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const chunk = await chunks.read();
  return chunk.done ? '' : textOf(chunk) + (await restOf(chunks));
}

it('a session that the server is still looking for holds up nothing but the parts that ask, and none shows a visitor', async () => {
  const looked = Promise.withResolvers<PublicSession | undefined>();
  const chunks = (await renderToReadableStream(page(looked.promise))).getReader();
  const shell = textOf(await chunks.read());
  expect(shell).toContain('<i>wait</i>');
  expect(shell).toContain('<main>everything else</main>');
  looked.resolve(ada);
  const rest = await restOf(chunks);
  expect(rest).toMatch(/<p>Ada<.p>.*>in</s);
  expect(shell + rest).not.toMatch(/visitor|>out</);
});
