import { HTMLButtonElement, type HTMLFormElement, Window } from 'happy-dom';

/** An HTML form as a browser would send it: its fields as they stand. */
export interface PageForm {
  readonly action: string;
  readonly fields: URLSearchParams;
}

/** The forms of a page, in order. @param base the page's address, for actions that are relative */
export function formsOf(page: string, base: string): readonly PageForm[] {
  const { DOMParser, FormData } = new Window({ url: base });
  const { forms } = new DOMParser().parseFromString(page, 'text/html');
  return [...forms].map((form) => {
    // Without a touch: no unchecked box, and of the buttons the first (HTML §4.10.22.4).
    const button = [...form.elements].find((element) => element instanceof HTMLButtonElement);
    const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
    return { action: new URL(actionOf(form), base).href, fields: new URLSearchParams(fields) };
  });
}

// The attribute, since a field named "action" would hide the property.
const actionOf = (form: HTMLFormElement): string => form.getAttribute('action') ?? '';
