import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { Suspense } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PublicSession, SessionProvider, SignedIn, SignedOut, useSession } from './index.ts';
import type { Browser } from './session-store.ts';

const person = (sub: string, name: string): PublicSession => ({
  user: { sub, name },
  permissions: [],
  endsAt: 2_000_000_000,
});
const ada = person('ada', 'Ada');

let server: PublicSession | null;
let reloads: number;
beforeEach(() => {
  [server, reloads] = [ada, 0];
});
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

const browser: Browser = {
  fetch: async () => Response.json({ session: server }),
  reload() {
    reloads += 1;
  },
  openChannel: () => undefined,
};

const Greeting = () => <p>{useSession()?.user.name ?? 'visitor'}</p>;

const page = (initial: Promise<PublicSession | null | undefined>) => (
  <SessionProvider initial={initial} browser={browser}>
    <Suspense fallback={<i>wait</i>}>
      <Greeting />
      <SignedIn>in</SignedIn>
      <SignedOut>out</SignedOut>
    </Suspense>
    <main>everything else</main>
  </SessionProvider>
);

describe('a session that streamed in', () => {
  it.each([
    ['a person', ada, 'Ada', 'in'],
    ['nobody', undefined, 'visitor', 'out'],
  ])(
    'wakes up in the browser with %s as its HTML shows it, without an error',
    async (_who, found, name, side) => {
      const root = document.body.appendChild(document.createElement('div'));
      const stream = await renderToReadableStream(page(Promise.resolve(found)));
      await stream.allReady;
      root.innerHTML = await new Response(stream).text();
      const before = root.textContent;
      const errors: unknown[] = [];
      const onRecoverableError = (error: unknown) => errors.push(error);
      const app = page(Promise.resolve(found));
      await act(async () => render(app, { container: root, hydrate: true, onRecoverableError }));
      expect(root.textContent).toBe(before);
      expect(before).toContain(`${name}${side}`);
      expect(errors).toEqual([]);
    },
  );
});

describe('later', () => {
  it('a new render of the server takes nothing off the screen while it looks, and then shows what it found', async () => {
    const { rerender } = await act(async () => render(page(Promise.resolve(ada))));
    expect(screen.getByText('Ada')).toBeDefined();
    const looked = Promise.withResolvers<PublicSession>();
    await act(async () => rerender(page(looked.promise)));
    expect(screen.getByText('Ada')).toBeDefined();
    expect(screen.queryByText('wait')).toBeNull();
    await act(async () => looked.resolve(person('ada', 'Ada King')));
    expect(screen.getByText('Ada King')).toBeDefined();
    expect(reloads).toBe(0);
  });

  it('pain 5: a sign-out elsewhere reloads the page when the person comes back to it', async () => {
    await act(async () => render(page(Promise.resolve(ada))));
    server = null;
    document.dispatchEvent(new Event('visibilitychange'));
    await waitFor(() => expect(reloads).toBe(1));
  });
});
