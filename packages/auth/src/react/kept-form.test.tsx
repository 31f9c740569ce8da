import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptForm, type PublicSession, SessionProvider, SignOutForm } from './index.ts';
import type { Browser } from './session-store.ts';

const session = (sub: string, endsAt: number): PublicSession => ({ user: { sub }, permissions: [], endsAt });
/** Ada before and after her session ended, and somebody else. */
const [ada, adaAgain, ben] = [session('ada', 1000), session('ada', 2000), session('ben', 3000)];

let tabs: ((event: MessageEvent<unknown>) => void)[];
const browser: Browser = {
  fetch: async () => Response.json({ session: ada }),
  reload: () => undefined,
  openChannel: () => ({
    postMessage(data: unknown) {
      for (const hear of tabs) hear(new MessageEvent('message', { data }));
    },
    addEventListener(_type: string, hear: unknown) {
      if (typeof hear === 'function') tabs.push((event) => void Reflect.apply(hear, undefined, [event]));
    },
    close: () => undefined,
  }),
};

beforeEach(() => {
  tabs = [];
  sessionStorage.clear();
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
  window.history.replaceState(null, '', '/reviews?product=flask');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A document that the browser loads while this session is open. */
function load(who: PublicSession | null, content: ReactNode = <Review />): void {
  render(
    <SessionProvider initial={who} browser={browser}>
      {content}
      <SignOutForm />
    </SessionProvider>,
  );
}

/** The document goes, without a chance for its script to tidy up. */
function leave(): void {
  const kept = entries();
  cleanup();
  for (const [key, value] of kept) sessionStorage.setItem(key, value);
}

const Review = () => (
  <KeptForm aria-label="Review">
    <textarea name="text" aria-label="Text" />
  </KeptForm>
);

const reviewPage = (who: PublicSession) => (
  <SessionProvider initial={who} browser={browser}>
    <Review />
  </SessionProvider>
);

const field = (name = 'Text') => screen.getByLabelText<HTMLInputElement>(name);
const type = (text: string, name = 'Text') => fireEvent.input(field(name), { target: { value: text } });
const signOut = () => screen.getByRole('button', { name: 'Sign out' }).closest('form') ?? document.body;
const entries = () =>
  Object.keys(sessionStorage).map((key) => [key, sessionStorage.getItem(key) ?? ''] as const);
const stored = () => JSON.stringify(entries());

describe('U-12 what was typed before the session ended', () => {
  it('is there again for the same person', () => {
    load(ada);
    type('Kept my tea warm');
    leave();
    load(adaAgain);
    expect(field().value).toBe('Kept my tea warm');
  });

  it('is there after a second end, though nobody typed any more', () => {
    load(ada);
    type('Kept my tea warm');
    leave();
    load(adaAgain);
    leave();
    load(session('ada', 2500));
    expect(field().value).toBe('Kept my tea warm');
  });

  it('takes no place of what the page put there since, when the person signs in anew in another tab', () => {
    const { rerender } = render(reviewPage(ada));
    type('Kept my tea warm');
    field().value = '';
    rerender(reviewPage(adaAgain));
    expect(field().value).toBe('');
    expect(stored()).not.toContain('tea');
  });

  it('waits while nobody is signed in', () => {
    load(ada);
    type('Kept my tea warm');
    leave();
    load(null);
    expect(field().value).toBe('');
    leave();
    load(adaAgain);
    expect(field().value).toBe('Kept my tea warm');
  });

  const elsewhere = <p>A page without a form</p>;
  const signingOut = new MessageEvent('message', { data: false });

  it.each<readonly [string, () => unknown]>([
    ['somebody else signs in', () => load(ben, elsewhere)],
    ['somebody signs out', () => [load(ada, elsewhere), fireEvent.submit(signOut())]],
    ['ten minutes are over', () => [load(null, elsewhere), vi.advanceTimersByTime(616_000)]],
    ['the clock was turned back', () => [vi.setSystemTime(Date.now() - 700_000), load(null, elsewhere)]],
    ['another tab signs out', () => [load(ada, elsewhere), tabs.forEach((hear) => hear(signingOut))]],
  ])('is gone from the storage when %s', (_when, happen) => {
    load(ada);
    type('Kept my tea warm');
    leave();
    expect(stored()).toContain('tea');
    happen();
    expect(stored()).not.toContain('tea');
    cleanup();
    load(adaAgain);
    expect(field().value).toBe('');
  });

  it.each<readonly [string, string, Record<string, string>]>([
    ['a slash at the end of its path', '/auth/logout/', {}],
    ['the path on its button', '/profile', { formAction: '/auth/logout' }],
    [
      'the path on its button, on a form without a path that can be read',
      'https://',
      { formAction: '/auth/logout' },
    ],
  ])('is gone when a form of the site’s own signs out with %s', (_how, action, attributes) => {
    load(
      ada,
      <form action={action} aria-label="Own">
        <button {...attributes}>Leave</button>
      </form>,
    );
    sessionStorage.setItem(
      '@sso/draft  /reviews',
      `{"sub":"ada","endsAt":1,"keptAt":${Date.now() / 1000},"fields":[["text","tea"]]}`,
    );
    const submitter = screen.getByRole('button', { name: 'Leave' });
    fireEvent(screen.getByRole('form'), new SubmitEvent('submit', { bubbles: true, submitter }));
    expect(stored()).not.toContain('tea');
  });

  it.each<readonly [string, () => void]>([
    [
      'was sent by an action, after which React resets the form',
      () => fireEvent.reset(screen.getByRole('form')),
    ],
    ['was left for another page of the site', cleanup],
  ])('is gone when the form %s', (_how, end) => {
    load(ada);
    type('Kept my tea warm');
    end();
    expect(stored()).not.toContain('tea');
  });

  it('is no longer there in the same session: the form was sent', () => {
    load(ada);
    type('Kept my tea warm');
    leave();
    load(ada);
    expect(field().value).toBe('');
    expect(stored()).not.toContain('tea');
  });

  it('belongs to one address, its query included, and to one form of it', () => {
    const forms = (
      <>
        <KeptForm name="first">
          <input name="text" aria-label="First" />
        </KeptForm>
        <KeptForm name="second">
          <input name="text" aria-label="Second" />
        </KeptForm>
      </>
    );
    load(ada, forms);
    type('one', 'First');
    type('two', 'Second');
    leave();
    window.history.replaceState(null, '', '/reviews?product=lamp');
    load(adaAgain, forms);
    expect([field('First').value, field('Second').value]).toEqual(['', '']);
    leave();
    window.history.replaceState(null, '', '/reviews?product=flask');
    load(adaAgain, forms);
    expect([field('First').value, field('Second').value]).toEqual(['one', 'two']);
  });

  it('is gone from the storage when it is more than that holds, so that no older text comes back for it', () => {
    load(ada);
    type('Kept my tea warm');
    const { sessionStorage: storage } = window;
    const full = vi.spyOn(window, 'sessionStorage', 'get').mockReturnValue({
      length: storage.length,
      key: (index) => storage.key(index),
      getItem: (key) => storage.getItem(key),
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: (key) => storage.removeItem(key),
      clear: () => storage.clear(),
    });
    type('Kept my tea warm for a whole night');
    full.mockRestore();
    expect(stored()).toBe('[]');
  });

  it('is not kept of a visitor', () => {
    load(null);
    type('Kept my tea warm');
    expect(stored()).not.toContain('tea');
  });

  it.each([['{'], ['null'], ['[]'], ['{"sub":"ada","endsAt":1,"keptAt":"x","fields":[]}'], ['{"keptAt":0}']])(
    'is nothing where a script of the site wrote %s',
    (text) => {
      sessionStorage.setItem('@sso/draft  /reviews?product=flask', text);
      load(adaAgain);
      expect(field().value).toBe('');
      expect(stored()).toBe('[]');
    },
  );
});

const state = () => [
  ...['Name', 'Tag 1', 'Tag 2', 'Size'].map((name) => field(name).value),
  ...['Agree', 'News', 'One', 'Two'].map((name) => field(name).checked),
];

function Controlled() {
  const [text, setText] = useState('');
  return (
    <KeptForm>
      <input name="text" aria-label="Text" value={text} onChange={(event) => setText(event.target.value)} />
      <p>{text.length} letters</p>
    </KeptForm>
  );
}

describe('U-12 of the fields of a form', () => {
  it.each([
    ['a password', { type: 'password' }],
    ['a file', { type: 'file' }],
    ['a hidden field', { type: 'hidden' }],
    ['a card’s number', { autoComplete: 'cc-number' }],
    ['a card’s code in a section', { autoComplete: 'section-red billing cc-csc' }],
    ['a one-time code', { autoComplete: 'one-time-code' }],
    ['a password that shows itself', { autoComplete: 'current-password' }],
    ['a new password that shows itself', { autoComplete: 'new-password' }],
    ['a field that nobody may remember', { autoComplete: 'off' }],
    ['a field without a name', { name: '' }],
  ])('%s is never kept', (_what, attributes) => {
    load(
      ada,
      <KeptForm>
        <input name="secret" {...attributes} data-testid="secret" />
        <textarea name="text" aria-label="Text" />
      </KeptForm>,
    );
    const secret = screen.getByTestId<HTMLInputElement>('secret');
    if (secret.type !== 'file') fireEvent.input(secret, { target: { value: 'canary' } });
    type('Kept my tea warm');
    fireEvent.submit(field().closest('form') ?? document.body);
    expect(stored()).toContain('tea');
    expect(stored()).not.toMatch(/canary|secret/);
  });

  it('those of a form that nobody may remember are not kept, but for one that says otherwise itself', () => {
    load(
      ada,
      <KeptForm autoComplete="off">
        <input name="secret" aria-label="Secret" />
        <textarea name="text" aria-label="Text" autoComplete="on" />
      </KeptForm>,
    );
    type('canary', 'Secret');
    type('Kept my tea warm');
    expect(stored()).toContain('tea');
    expect(stored()).not.toMatch(/canary|secret/);
  });

  it('a password is never kept after a button shows it as text', () => {
    load(
      ada,
      <KeptForm>
        <input name="secret" type="password" aria-label="Secret" />
      </KeptForm>,
    );
    type('canary', 'Secret');
    field('Secret').type = 'text';
    type('canary 2', 'Secret');
    expect(stored()).not.toContain('canary');
  });

  const everything = (
    <KeptForm>
      <input name="name" aria-label="Name" defaultValue="x" />
      <input name="tag" aria-label="Tag 1" />
      <input name="tag" aria-label="Tag 2" />
      <input name="agree" type="checkbox" aria-label="Agree" />
      <input name="news" type="checkbox" aria-label="News" defaultChecked />
      <input name="stars" type="radio" value="1" aria-label="One" defaultChecked />
      <input name="stars" type="radio" value="2" aria-label="Two" />
      <select name="size" aria-label="Size">
        <option>small</option>
        <option>large</option>
      </select>
    </KeptForm>
  );
  it('texts, ticks and choices come back to where they were', () => {
    load(ada, everything);
    type('', 'Name');
    type('two', 'Tag 2');
    for (const name of ['Agree', 'News', 'Two']) fireEvent.click(field(name));
    fireEvent.change(field('Size'), { target: { value: 'large' } });
    fireEvent.submit(field('Name').closest('form') ?? document.body);
    const before = state();
    expect(before).toEqual(['', '', 'two', 'large', true, false, false, true]);
    leave();
    load(adaAgain, everything);
    expect(state()).toEqual(before);
  });

  it('those that a component controls hear of it', () => {
    load(ada, <Controlled />);
    type('tea');
    leave();
    load(adaAgain, <Controlled />);
    expect(field().value).toBe('tea');
    expect(screen.getByText('3 letters')).toBeDefined();
  });
});
