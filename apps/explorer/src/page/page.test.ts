import { describe, expect, it } from 'vitest';
import { createRecorder, recordSignIn } from '../../test/recorded.ts';
import { noFilter, rowsOf } from './filter.ts';
import { createStore } from './store.ts';
import { findStop, stops } from './tour-stops.ts';

function open() {
  const recorder = createRecorder();
  const store = createStore((draw) => draw());
  const read = () => store.add(recorder.records.splice(0));
  return { recorder, store, read };
}

const titles = (rows: ReturnType<typeof rowsOf>) =>
  rows.flatMap((row) => (row.type === 'message' ? row.message.title : []));

describe('what is shown', () => {
  it('is filtered by person, with the first steps of a flow that knew nobody yet', () => {
    const { recorder, store, read } = open();
    recordSignIn(recorder, 'shop');
    recorder.later(60_000);
    recorder.hop('blog', '/notes');
    read();
    const { flows } = store.snapshot();
    const rows = rowsOf(flows, { ...noFilter, sub: 'sub-ada' });
    expect(titles(rows)[0]).toBe('Begins a login and goes to the provider');
    expect(titles(rows)).not.toContain('Asks for /notes');
    expect(titles(rowsOf(flows, { ...noFilter, site: 'blog' }))).toEqual(['Asks for /notes']);
    expect(titles(rowsOf(flows, { ...noFilter, kind: 'token' }))).toEqual(['Exchanges the code for tokens']);
  });

  it('stands still while it is paused, and has everything when it goes on', () => {
    const { recorder, store, read } = open();
    recorder.hop('shop', '/');
    read();
    store.pause();
    recorder.hop('shop', '/cart');
    read();
    expect(store.snapshot().messages).toHaveLength(1);
    store.resume();
    expect(store.snapshot().messages).toHaveLength(2);
    store.show(1);
    expect(store.snapshot()).toMatchObject({ shown: 1, messages: [{ title: 'Asks for /' }] });
  });

  it('is the file alone once one was loaded', () => {
    const { recorder, store, read } = open();
    store.load('a.json', { format: 'one-login-diagram', version: 1, savedAt: '', people: {}, records: [] });
    recorder.hop('shop', '/');
    read();
    expect(store.snapshot()).toMatchObject({ file: 'a.json', messages: [] });
  });
});

describe('the tour', () => {
  it('has six stops, and goes on where somebody has done what it asks for', () => {
    const { recorder, store, read } = open();
    const stop = (reached: number) => findStop(reached, { ...store.snapshot(), selected: undefined });
    expect(stops).toHaveLength(6);
    expect(stop(0)).toBe(0);
    recordSignIn(recorder, 'shop');
    read();
    expect(stop(0)).toBe(3);
    const selected = store.snapshot().messages.find(({ hop }) => hop.path === '/auth/callback');
    expect(findStop(3, { ...store.snapshot(), selected })).toBe(4);
    recordSignIn(recorder, 'blog', { silent: true });
    read();
    expect(stop(4)).toBe(5);
    recorder.hop('shop', '/auth/backchannel-logout', { method: 'POST', isBrowser: false });
    read();
    expect(stop(5)).toBe(6);
  });
});
