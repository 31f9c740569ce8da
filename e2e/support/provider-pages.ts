import { createPerson } from './person.ts';
import { type CookieJar, visit } from './cookie-jar.ts';
import { formsOf, type PageForm } from './html-forms.ts';
import type { StackInfo } from './shared-stack.ts';

/** Where a browser ends up: outside the provider, or on a page of its own with nothing left to fill in. */
export interface Destination {
  readonly url: string;
  /** Of the last answer of the provider. */
  readonly page: string;
  /** Sent along when the provider answers by form_post (OAuth 2.0 Form Post Response Mode). */
  readonly form: URLSearchParams;
}

/** What a person does on a page of the provider: the form they send, or `undefined` to stay. */
export type FillForm = (forms: readonly PageForm[]) => PageForm | undefined;

/**
 * Opens an address of a provider, which its origin names, over HTTP and goes on as a browser does: follows redirects
 * and sends the forms that `fillForm` returns, until the browser leaves the provider or the person stays.
 */
export async function browseProvider(
  jar: CookieJar,
  provider: string,
  start: string,
  fillForm: FillForm,
): Promise<Destination> {
  let url = start;
  let response = await visit(jar, url);
  for (let steps = 0; steps < 12; steps += 1) {
    const location = response.headers.get('location');
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
    const sent = fillForm(forms);
    if (!sent) return { url, page, form: new URLSearchParams() };
    url = sent.action;
    response = await visit(jar, url, { method: 'POST', headers: { origin: provider }, form: sent.fields });
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
