import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PublicSession, SessionProvider, SignedIn } from './index.ts';
import { type Browser, SIGNING_OUT } from './session-store.ts';

const ada: PublicSession = { user: { sub: 'ada', name: 'Ada' }, permissions: [], endsAt: 2_000_000_000 };

/** A stream as the server sees it. */
interface Held {
  readonly signal: AbortSignal | null | undefined;
  say(text: string): void;
  cut(): void;
}

let server: PublicSession | null;
/** What `/auth/events` answers, each in its turn; a stream once these are used up. */
let answers: (number | 'offline')[];
let held: Held[];
let asked: string[];
let reloads: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  server = ada;
  channels.clear();
  answers = [];
  held = [];
  asked = [];
  reloads = [];
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function holdStream(signal: AbortSignal | null | undefined): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason));
      held.push({
        signal,
        say: (text) => controller.enqueue(encoder.encode(text)),
        cut: () => controller.close(),
      });
    },
  });
  return new Response(body);
}

/** The locks of one browser: whoever asks first has it until the work is done. */
function createLocks(): NonNullable<Browser['locks']> {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, options: LockOptions, work: () => Promise<void>) => {
    const turn = last.then(() => (options.signal?.aborted ? undefined : work()));
    last = turn;
    return turn;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one overload that is used
  return { request } as unknown as NonNullable<Browser['locks']>;
}

const channels = new Set<EventTarget>();

function openTab(name: string, locks = createLocks()): Browser {
  return {
    holdsStream: true,
    locks,
    async fetch(path, signal) {
      asked.push(`${name} ${path}`);
      if (path !== '/auth/events') return Response.json({ session: server });
      const answer = answers.shift();
      if (answer === 'offline') throw new TypeError('Failed to fetch');
      return answer === undefined ? holdStream(signal) : new Response(null, { status: answer });
    },
    reload: () => void reloads.push(name),
    openChannel() {
      const own = new EventTarget();
      channels.add(own);
      const postMessage = (data: unknown) => {
        for (const channel of channels)
          if (channel !== own) channel.dispatchEvent(new MessageEvent('message', { data }));
      };
      const addEventListener = own.addEventListener.bind(own);
      return { postMessage, addEventListener, close: () => void channels.delete(own) };
    },
  };
}

async function show(browser: Browser, initial: PublicSession | null = ada) {
  const view = render(
    <SessionProvider initial={initial} browser={browser}>
      <SignedIn>Ada is here</SignedIn>
    </SessionProvider>,
  );
  await settle();
  return view;
}

/** Whatever is under way goes on until it waits for a timer. */
const settle = () => act(() => vi.advanceTimersByTimeAsync(0));
const pass = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
const streamed = () => vi.waitFor(() => expect(held.length).toBeGreaterThan(0));
const eventCalls = () => asked.filter((call) => call.endsWith('/auth/events')).length;

describe('B-20 pain 4 pain 5: a tab that is open while its session is ended elsewhere', () => {
  it('loads its page anew as soon as the stream says so', async () => {
    await show(openTab('tab'));
    await streamed();
    server = null;
    held[0]?.say('data: changed\n\n');
    await settle();
    expect(reloads).toEqual(['tab']);
  });

  it('understands a word that comes in pieces', async () => {
    await show(openTab('tab'));
    await streamed();
    server = null;
    for (const part of ['retry: 2000\n\n:\n\ndata: cha', 'nged\n', '\n']) held[0]?.say(part);
    await settle();
    expect(reloads).toEqual(['tab']);
  });

  it('goes on as it is where the session lives after all, and listens again', async () => {
    await show(openTab('tab'));
    await streamed();
    held[0]?.say('data: changed\n\n');
    // Twice the first pause, or up to twice that: the server may go on saying so.
    await pass(4);
    expect([reloads, held.length]).toEqual([[], 2]);
    expect(screen.getByText('Ada is here')).toBeDefined();
  });

  it('shares its stream with the other tabs of the browser, and all of them change', async () => {
    const locks = createLocks();
    await show(openTab('first', locks));
    await streamed();
    await show(openTab('second', locks));
    expect(held).toHaveLength(1);
    server = null;
    held[0]?.say('data: changed\n\n');
    await settle();
    expect(reloads.toSorted()).toEqual(['first', 'second']);
  });

  it('hands the stream on when it is closed', async () => {
    const locks = createLocks();
    const first = await show(openTab('first', locks));
    await streamed();
    await show(openTab('second', locks));
    first.unmount();
    await settle();
    expect(held.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    expect(asked.at(-1)).toBe('second /auth/events');
  });

  it('waits while a tab of its own browser signs out, which tells the others when it is done', async () => {
    await show(openTab('tab'));
    await streamed();
    openTab('other').openChannel()?.postMessage(SIGNING_OUT);
    server = null;
    held[0]?.say('data: changed\n\n');
    await pass(9);
    expect(reloads).toEqual([]);
    await pass(1);
    expect(reloads).toEqual(['tab']);
  });
});

describe('a stream', () => {
  it('is opened for nobody who is not signed in', async () => {
    await show(openTab('tab'), null);
    expect(asked).toEqual([]);
  });

  it.each([
    [204, 'nobody is signed in'],
    [403, 'it is refused'],
    [404, 'the site has none'],
    [429, 'the session has too many'],
  ])('is not asked for again after %i: %s', async (status) => {
    answers = [status];
    await show(openTab('tab'));
    await vi.waitFor(() => expect(eventCalls()).toBe(1));
    await pass(600);
    expect(eventCalls()).toBe(1);
  });

  it.each([503, 502, 'offline'] as const)(
    'is asked for again, less and less often, after %s',
    async (answer) => {
      answers = Array.from({ length: 3 }, () => answer);
      await show(openTab('tab'));
      await pass(30);
      expect([eventCalls(), held.length]).toEqual([4, 1]);
    },
  );

  it('that is cut, as by a restart, is opened anew within two seconds', async () => {
    await show(openTab('tab'));
    await streamed();
    held[0]?.cut();
    await pass(2);
    expect(held).toHaveLength(2);
  });

  it('that is silent for a minute is dead, and opened anew', async () => {
    await show(openTab('tab'));
    await streamed();
    await pass(62);
    expect(held).toHaveLength(2);
  });

  it('ends while the page is in the back-forward cache, which hides it until the server agrees', async () => {
    await show(openTab('tab'));
    await streamed();
    window.dispatchEvent(new Event('pagehide'));
    await settle();
    expect(held[0]?.signal?.aborted).toBe(true);
    server = null;
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(document.documentElement.style.visibility).toBe('hidden');
    await settle();
    expect(reloads.length).toBeGreaterThan(0);
    expect(document.documentElement.style.visibility).toBe('hidden');
    document.documentElement.style.visibility = '';
  });

  it('goes on when the page comes back to the person whom it shows', async () => {
    await show(openTab('tab'));
    await streamed();
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await pass(3);
    expect([reloads, held.length, document.documentElement.style.visibility]).toEqual([[], 2, '']);
  });
});
