import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderToStaticMarkup } from 'react-dom/server';
import {
  Can,
  type PublicSession,
  SessionProvider,
  SignedIn,
  SignedOut,
  SignInLink,
  SignOutForm,
  useSession,
} from './index.ts';
import type { Browser } from './session-store.ts';

const ada: PublicSession = {
  user: { sub: 'ada', name: 'Ada' },
  permissions: ['things.read'],
  endsAt: 2_000_000_000,
};

let server: PublicSession | null;
let reloads: number;
let tabs: Set<(event: MessageEvent<unknown>) => void>;
beforeEach(() => {
  server = ada;
  reloads = 0;
  tabs = new Set();
});
afterEach(cleanup);

/** One tab; all tabs of a test share a channel, as those of one origin do. */
function openTab(): Browser {
  return {
    fetch: async () => Response.json({ session: server }),
    reload: () => {
      reloads += 1;
    },
    openChannel() {
      const own: ((event: MessageEvent<unknown>) => void)[] = [];
      return {
        postMessage(data: unknown) {
          const event = new MessageEvent('message', { data });
          for (const hear of tabs) if (!own.includes(hear)) hear(event);
        },
        addEventListener(_type: string, hear: unknown) {
          if (!isListener(hear)) return;
          own.push(hear);
          tabs.add(hear);
        },
        close: () => own.forEach((hear) => tabs.delete(hear)),
      };
    },
  };
}

const isListener = (value: unknown): value is (event: MessageEvent<unknown>) => void =>
  typeof value === 'function';

function Greeting() {
  return <p>{useSession()?.user.name ?? 'visitor'}</p>;
}

const ThingsCan = Can<'things.read' | 'things.delete'>;

function Page({ initial }: { readonly initial: PublicSession | null }) {
  return (
    <SessionProvider initial={initial} browser={openTab()}>
      <Greeting />
      <SignedIn>in</SignedIn>
      <SignedOut>out</SignedOut>
      <ThingsCan permission="things.read">may read</ThingsCan>
      <ThingsCan permission="things.delete" fallback="may not delete">
        may delete
      </ThingsCan>
    </SessionProvider>
  );
}

describe('the first HTML', () => {
  it('shows the person already, without waiting for any script', () => {
    const html = renderToStaticMarkup(<Page initial={ada} />);
    expect(html).toContain('<p>Ada</p>in');
    expect(html).toContain('may readmay not delete');
  });

  it('shows a visitor the other parts', () => {
    expect(renderToStaticMarkup(<Page initial={null} />)).toBe('<p>visitor</p>outmay not delete');
  });
});

it('pain 16: Can shows nobody what stands behind a typo, and does not compile with one', () => {
  const html = renderToStaticMarkup(
    <SessionProvider initial={ada} browser={openTab()}>
      {/* @ts-expect-error no permission of this site */}
      <ThingsCan permission="things.raed">a</ThingsCan>
      {/* @ts-expect-error nobody said which permissions there are */}
      <Can permission="things.delete">b</Can>
    </SessionProvider>,
  );
  expect(html).toBe('');
});

describe('tabs', () => {
  it('pain 5: a sign-out in another tab reloads this one', async () => {
    render(<Page initial={ada} />);
    server = null;
    render(<Page initial={null} />);
    await waitFor(() => expect(reloads).toBe(1));
  });

  it('pain 5: a sign-out does not reload its own page, which would take the sign-out back', async () => {
    const { container } = render(
      <SessionProvider initial={ada} browser={openTab()}>
        <SignOutForm />
      </SessionProvider>,
    );
    server = null;
    await act(async () => fireEvent.submit(container.querySelector('form') ?? container));
    expect(reloads).toBe(0);
  });

  it('a sign-in in another tab shows here without a reload: a half-filled form stays', async () => {
    server = null;
    render(<Page initial={null} />);
    server = ada;
    render(<Page initial={ada} />);
    await waitFor(() => expect(screen.getAllByText('Ada')).toHaveLength(2));
    expect(reloads).toBe(0);
  });

  it('a tab that is behind reloads nobody: the server is asked first', async () => {
    render(<Page initial={ada} />);
    await act(async () => {
      render(<Page initial={null} />);
    });
    expect(reloads).toBe(0);
  });

  it.each([
    ['visibilitychange', () => document.dispatchEvent(new Event('visibilitychange'))],
    [
      'pageshow out of the cache',
      () => window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
    ],
  ])('%s asks the server again', async (_what, happen) => {
    render(<Page initial={ada} />);
    server = null;
    happen();
    await waitFor(() => expect(reloads).toBe(1));
  });

  it('a server that does not answer changes nothing', async () => {
    const browser: Browser = { ...openTab(), fetch: () => Promise.reject(new TypeError('offline')) };
    render(
      <SessionProvider initial={ada} browser={browser}>
        <Greeting />
      </SessionProvider>,
    );
    await act(async () => document.dispatchEvent(new Event('visibilitychange')));
    expect(screen.getByText('Ada')).toBeDefined();
    expect(reloads).toBe(0);
  });
});

describe('ways in and out', () => {
  it('SignInLink leads back to the page it stands on', () => {
    window.history.replaceState(null, '', '/orders?page=2');
    render(<SignInLink />);
    const link = screen.getByRole('link', { name: 'Sign in' });
    link.addEventListener('click', (event) => event.preventDefault());
    fireEvent.click(link);
    expect(link.getAttribute('href')).toBe('/auth/login?return_to=%2Forders%3Fpage%3D2');
  });

  it('SignInLink works without script, with the path it is given', () => {
    expect(renderToStaticMarkup(<SignInLink returnTo="/a?b=c">Log in</SignInLink>)).toBe(
      '<a href="/auth/login?return_to=%2Fa%3Fb%3Dc">Log in</a>',
    );
  });

  it('pain 10: SignOutForm is a POST form, so nothing but a person sends it', () => {
    expect(renderToStaticMarkup(<SignOutForm />)).toBe(
      '<form action="/auth/logout" method="post"><button type="submit">Sign out</button></form>',
    );
  });

  it('useSession without a provider says what is missing', () => {
    expect(() => renderToStaticMarkup(<Greeting />)).toThrow(/SessionProvider/);
  });
});
