import type { DraftField } from './drafts.ts';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const KEPT_TYPES =
  /^(text|textarea|search|url|tel|email|number|date|time|datetime-local|month|week|checkbox|radio|select-one)$/;

/** Fields that browsers are told not to remember, and what belongs to a proof or a card (HTML §4.10.18.7). */
const PRIVATE = /(^|\s)(off|one-time-code|(current|new)-password|cc-\S+)(\s|$)/i;

/** The fields of a form that may be kept, without passwords, files and hidden ones. */
export interface FormFields {
  readonly read: () => DraftField[];
  /** Fills in what was read before, as if it were typed, so that a page's own script hears of it. */
  readonly fill: (draft: readonly DraftField[]) => void;
}

export function fieldsOf(form: HTMLFormElement): FormFields {
  // A field that shows its password on demand has another type for a while.
  const passwords = new WeakSet<Element>();
  const kept = (): Field[] => {
    const fields = [...form.elements].filter(isField);
    for (const field of fields) if (field.type === 'password') passwords.add(field);
    return fields.filter((field) => isKept(form, field) && !passwords.has(field));
  };
  kept();
  return {
    read: () => kept().map((field) => [field.name, isTicked(field) ?? field.value]),
    fill(draft) {
      const left = [...draft];
      for (const field of kept()) {
        const at = left.findIndex(([name]) => name === field.name);
        for (const [, value] of at < 0 ? [] : left.splice(at, 1)) setValue(field, value);
      }
    },
  };
}

const isField = (element: Element): element is Field => 'value' in element && 'name' in element;

function isKept(form: HTMLFormElement, field: Field): boolean {
  // A field that says nothing goes by its form (HTML §4.10.18.7.1).
  const autocomplete = field.getAttribute('autocomplete') || (form.getAttribute('autocomplete') ?? '');
  return field.name !== '' && KEPT_TYPES.test(field.type) && !PRIVATE.test(autocomplete);
}

function isTicked(field: Field): boolean | undefined {
  return 'checked' in field && /^(checkbox|radio)$/.test(field.type) ? field.checked : undefined;
}

function setValue(field: Field, value: string | boolean): void {
  const ticked = isTicked(field);
  if ((ticked ?? field.value) === value) return;
  if (ticked !== undefined) return field.click();
  // By the prototype's setter: React puts one of its own on the field, and would take the text for its own.
  Reflect.set(Object.getPrototypeOf(field), 'value', value, field);
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}
