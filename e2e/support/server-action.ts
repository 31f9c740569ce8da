import { type CookieJar, visit } from './cookie-jar.ts';
import { formsOf, type PageForm } from './html-forms.ts';
import { NAVIGATION } from './sign-in-over-http.ts';

/** Sends a form of a page as a browser without script does, which runs the form's Server Action. */
export async function sendAction(jar: CookieJar, page: string, fields: URLSearchParams): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const request = new Request(page, { method: 'POST', body: form });
  return visit(jar, page, {
    method: 'POST',
    headers: {
      ...NAVIGATION,
      'sec-fetch-site': 'same-origin',
      origin: new URL(page).origin,
      referer: page,
      'content-type': request.headers.get('content-type') ?? '',
    },
    body: new Uint8Array(await request.arrayBuffer()),
  });
}

/** The form of a page that has a field of this name. */
export async function findForm(jar: CookieJar, page: string, field: string): Promise<PageForm | undefined> {
  const html = await (await visit(jar, page, { headers: NAVIGATION })).text();
  return formsOf(html, page).find(({ fields }) => fields.has(field));
}
