import { describe, expect, it } from 'vitest';
import { createRecorder, recordSignIn } from '../../test/recorded.ts';
import { createDiagram } from '../model/diagram.ts';
import { groupFlows } from '../model/flows.ts';
import { readDiagramFile, toDiagramFile } from './diagram-file.ts';
import { toHar } from './har.ts';
import { toMermaid } from './mermaid.ts';

const names = { 'sub-ada': 'Ada' };

function recorded() {
  const recorder = createRecorder();
  recordSignIn(recorder, 'blog', { silent: true });
  const diagram = createDiagram();
  diagram.add(recorder.records);
  return diagram;
}

describe('Mermaid', () => {
  it('has a note for each flow and two arrows for each step', () => {
    expect(toMermaid(groupFlows(recorded().messages()), names)).toBe(
      `sequenceDiagram
  actor browser as Browser
  participant blog as Dark Hours
  participant idp as Meridian
  Note over browser,idp: Silent sign-in of Ada at the blog
  browser->>blog: Asks for /, and silently who it is
  blog-->>browser: 303
  browser->>idp: Asks for a sign-in
  idp-->>browser: 303
  browser->>blog: Comes back with the provider’s answer
  blog-->>browser: 303
  blog->>idp: Exchanges the code for tokens
  idp-->>blog: 200
`,
    );
  });
});

describe('HAR', () => {
  it('has an entry for each step, with cookies by name and no value', () => {
    const { records, event, hop } = createRecorder();
    const cookies = {
      method: 'GET',
      path: '/',
      read: ['__Host-session'],
      set: [{ name: '__Host-fresh', attributes: ['Path=/'] }],
    };
    hop('shop', '/', { parameters: [['page', '2']] }, () => event('shop', 'cookies.handled', cookies));
    const diagram = createDiagram();
    diagram.add(records);
    const har: unknown = JSON.parse(toHar(diagram.messages(), { shop: 'https://shop.localhost' }));
    expect(har).toMatchObject({
      log: {
        version: '1.2',
        entries: [
          {
            request: {
              url: 'https://shop.localhost/?page=2',
              cookies: [{ name: '__Host-session', value: '' }],
            },
            response: { status: 200, cookies: [{ name: '__Host-fresh', value: '' }] },
          },
        ],
      },
    });
  });
});

describe('a saved diagram', () => {
  it('is the same when it is loaded again', () => {
    const diagram = recorded();
    const file = readDiagramFile(toDiagramFile(diagram.records(), names, new Date(0)));
    const again = createDiagram();
    again.add(file.records);
    expect(again.messages()).toEqual(diagram.messages());
    expect(file.people).toEqual(names);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another JSON', '{"log":{"version":"1.2"}}'],
    [
      'a record of another shape',
      '{"format":"one-login-diagram","version":1,"savedAt":"","people":{},"records":[{"kind":"hop"}]}',
    ],
  ])('is refused in words where it is %s', (_what, text) => {
    expect(() => readDiagramFile(text)).toThrow(/no diagram that the explorer saved/);
  });
});
