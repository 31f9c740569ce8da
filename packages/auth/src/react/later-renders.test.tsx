import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { Suspense, use } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PublicSession, SessionProvider, useSession } from './index.ts';
import type { Browser } from './session-store.ts';

const person = (sub: string, name: string): PublicSession => ({
  user: { sub, name },
  permissions: [],
  endsAt: 2_000_000_000,
});
const ada = person('ada', 'Ada');

let server: PublicSession | null;
let asked: number;
let reloads: number;
beforeEach(() => {
  [asked, reloads] = [0, 0];
});
afterEach(cleanup);

const browser: Browser = {
  async fetch() {
    asked += 1;
    return Response.json({ session: server });
  },
  reload() {
    reloads += 1;
  },
  openChannel: () => undefined,
};

function Greeting() {
  return <p>{useSession()?.user.name ?? 'visitor'}</p>;
}

const page = (initial: PublicSession | null) => (
  <SessionProvider initial={initial} browser={browser}>
    <Greeting />
  </SessionProvider>
);

const comeBack = () => act(async () => document.dispatchEvent(new Event('visibilitychange')));

it('a part that wakes up after a sign-in elsewhere begins with the HTML it has, then shows the person', async () => {
  const code = Promise.withResolvers<void>();
  let isServer = true;
  const Late = () => {
    if (!isServer) use(code.promise);
    return <Greeting />;
  };
  const app = (
    <SessionProvider initial={null} browser={browser}>
      <Suspense>
        <Late />
      </Suspense>
    </SessionProvider>
  );
  const root = document.body.appendChild(document.createElement('div'));
  root.innerHTML = renderToString(app);
  isServer = false;
  const errors: unknown[] = [];
  const onRecoverableError = (error: unknown) => errors.push(error);
  await act(async () => render(app, { container: root, hydrate: true, onRecoverableError }));
  server = ada;
  await comeBack();
  await act(async () => code.resolve());
  expect(root.textContent).toBe('Ada');
  expect(errors).toEqual([]);
});

it.each([
  ['a sign-in', null, ada, 'Ada'],
  ['a new name', ada, person('ada', 'Ada King'), 'Ada King'],
])('a later render of the server that knows of %s shows at once', (_what, before, after, name) => {
  const { rerender } = render(page(before));
  rerender(page(after));
  expect(screen.getByText(name)).toBeDefined();
  expect([asked, reloads]).toEqual([0, 0]);
});

it('a render that says what the first one said takes back nothing that another tab said', async () => {
  const { rerender } = render(page(null));
  server = ada;
  await comeBack();
  rerender(page(null));
  expect(screen.getByText('Ada')).toBeDefined();
});

it.each([
  ['nobody', null],
  ['another person', person('bob', 'Bob')],
])('a later render with %s reloads where the server says so too', async (_who, after) => {
  const { rerender } = render(page(ada));
  server = after;
  rerender(page(after));
  await waitFor(() => expect(reloads).toBe(1));
});

it('a render that a router kept from before the sign-in reloads nobody', async () => {
  const { rerender } = render(page(null));
  rerender(page(ada));
  server = ada;
  await act(async () => rerender(page(null)));
  expect(screen.getByText('Ada')).toBeDefined();
  expect([asked, reloads]).toEqual([1, 0]);
});
