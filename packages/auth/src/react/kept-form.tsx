'use client';

import { type FormHTMLAttributes, type ReactNode, useEffect, useRef } from 'react';
import { dropDraft, keepDraft, takeDraft, type Typist } from './drafts.ts';
import { fieldsOf } from './form-fields.ts';
import { useSession } from './session-provider.tsx';

/** As `<form>`. Its `name` tells it from other kept forms of the same page. */
export type KeptFormProps = FormHTMLAttributes<HTMLFormElement>;

/**
 * A form whose typed text outlives the end of the session: when the person has signed in again and is back on the same
 * address, it is there again. It stays in this tab (`sessionStorage`) for ten minutes, comes back to the same person
 * only, and is gone at sign-out, when somebody else signs in, and when the form was sent (React resets it) or left.
 *
 * Passwords, files, hidden fields and those whose `autocomplete` is `off` (their own or the form's), `one-time-code` or
 * of a card (`cc-…`) are never kept. Needs a `SessionProvider` above it, and keeps nothing of a visitor.
 *
 * @example
 * ```tsx
 * <KeptForm action={addReview}>
 *   <textarea name="review" />
 *   <button>Send</button>
 * </KeptForm>
 * ```
 */
export function KeptForm(props: KeptFormProps): ReactNode {
  const session = useSession();
  const form = useRef<HTMLFormElement>(null);
  const hasTaken = useRef(false);
  const [sub, endsAt] = [session?.user.sub, session?.endsAt];
  useEffect(() => {
    if (!form.current || sub === undefined || endsAt === undefined) return undefined;
    const isFirst = !hasTaken.current;
    hasTaken.current = true;
    return keepTyped(form.current, { sub, endsAt }, isFirst);
  }, [sub, endsAt]);
  return <form {...props} ref={form} />;
}

function keepTyped(form: HTMLFormElement, typist: Typist, isFirst: boolean): () => void {
  const { pathname, search } = window.location;
  const key = `${form.getAttribute('name') ?? ''} ${pathname}${search}`;
  const { read, fill } = fieldsOf(form);
  const keep = () => keepDraft(key, typist, read());
  const drop = () => dropDraft(key);
  const draft = takeDraft(key, typist);
  if (draft) {
    // Later in the same document the form itself knows better: the page may have sent the text and emptied the field.
    if (isFirst) fill(draft);
    keep();
  }
  const over = new AbortController();
  const options = { signal: over.signal };
  form.addEventListener('input', keep, options);
  // What the page's own script put into a field was not typed, but is sent.
  form.addEventListener('submit', keep, options);
  form.addEventListener('reset', drop, options);
  return () => {
    over.abort();
    // Where the form is still there, the session is a new one and takes over what the old one kept.
    if (!form.isConnected) drop();
  };
}
