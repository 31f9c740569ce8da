import { createPerson } from './person.ts';
import { type CookieJar, visit } from './cookie-jar.ts';
import type { StackInfo } from './shared-stack.ts';

/** An HTML form as a browser would send it: its fields as they stand. */
export interface PageForm {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/** Where a browser ends up: outside the provider, or on a page of its own with nothing left to fill in. */
export interface Destination {
  readonly url: string;
  /** Of the last answer of the provider. */
  readonly page: string;
  /** Sent along when the provider answers by form_post (OAuth 2.0 Form Post Response Mode). */
  readonly form: URLSearchParams;
}

/** What a person does on a page of the provider: the form they send, or `undefined` to stay. */
export type FillForm = (forms: readonly PageForm[], page: string) => PageForm | undefined;

/**
 * Opens an address of a provider, named by its origin, over HTTP and goes on as a browser does: follows redirects and sends the forms
 * that `act` fills in, until the provider is left behind or the person stays.
 */
export async function browseProvider(
  jar: CookieJar,
  provider: string,
  start: string,
  act: FillForm,
): Promise<Destination> {
  let url = start;
  let response = await visit(jar, url);
  for (let steps = 0; steps < 12; steps += 1) {
    const location = response.headers.get('location');
    /* oxlint-disable no-await-in-loop -- one page after the other */
    if (location !== null) {
      url = new URL(location, url).href;
      if (new URL(url).origin !== provider) return { url, page: '', form: new URLSearchParams() };
      response = await visit(jar, url);
      continue;
    }
    const page = await response.text();
    const forms = formsOf(page, url);
    const away = forms.find(({ action }) => new URL(action).origin !== provider);
    if (away) return { url: away.action, page, form: away.fields };
    const sent = act(forms, page);
    if (!sent) return { url, page, form: new URLSearchParams() };
    url = sent.action;
    response = await visit(jar, url, { method: 'POST', headers: { origin: provider }, form: sent.fields });
    /* oxlint-enable no-await-in-loop */
  }
  throw new Error(`${start} leads through more pages than a person would put up with`);
}

/** Signs a demo person in where the provider asks, and presses the first button of every other page. */
export function fillAs(stack: StackInfo, username: string): FillForm {
  const person = createPerson(stack, username);
  return ([form]) => {
    if (!form?.fields.has('password')) return form;
    form.fields.set('username', person.username);
    form.fields.set('password', person.passphrase);
    return form;
  };
}

function formsOf(page: string, base: string): PageForm[] {
  return [...page.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', content = '']) => ({
    action: new URL(attributeOf(attributes, 'action') ?? '', base).href,
    fields: fieldsOf(content),
  }));
}

/** What is sent without touching the form: no unchecked box, and of the buttons the first. */
function fieldsOf(content: string): URLSearchParams {
  const inputs = [...content.matchAll(/<input\b([^>]*)>/gs)].map(([, attributes = '']) => attributes);
  const [button] = [...content.matchAll(/<button\b([^>]*)>/gs)].map(([, attributes = '']) => attributes);
  const sent = inputs.filter(
    (attributes) => attributeOf(attributes, 'type') !== 'checkbox' || /\bchecked\b/.test(attributes),
  );
  const pairs = [...sent, ...(button === undefined ? [] : [button])].flatMap((attributes) => {
    const name = attributeOf(attributes, 'name');
    return name === undefined ? [] : [[name, attributeOf(attributes, 'value') ?? '']];
  });
  return new URLSearchParams(pairs);
}

function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
  return found?.replaceAll(/&(amp|lt|gt|quot|#39|#x27);/g, (entity) => entities[entity] ?? entity);
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};
