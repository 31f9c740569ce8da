'use client';

import { useSyncExternalStore } from 'react';

interface InsertReferenceProps {
  /** The id of the text's field. */
  readonly into: string;
  readonly reference: string;
  readonly name: string;
}

/** Puts a reference where the cursor stands in the text. Without JavaScript there is no button, and it can be copied. */
export function InsertReference({ into, reference, name }: InsertReferenceProps) {
  const isAlive = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  if (!isAlive) return null;
  return (
    <button type="button" className="button quiet" onClick={() => insert(into, reference)}>
      Insert<span className="visually-hidden"> {name}</span>
    </button>
  );
}

function insert(id: string, reference: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.focus();
  field.setRangeText(reference, field.selectionStart, field.selectionEnd, 'end');
  // The form keeps what is typed, and hears of it by this event.
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
