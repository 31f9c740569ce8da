import { Notice } from '@sso/ui';
import { useEffect, useRef } from 'react';
import type { DraftFormState } from '../posts/draft-form.ts';
import type { DraftText } from '../posts/draft-text.ts';

/** Why a draft was not saved, what became of the text, and what to do. It takes the focus: the button is below a long text. */
export function DraftRefusal({ state }: { readonly state: DraftFormState }) {
  const { errors, refusal, stored } = state;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (reasonOf(state.errors, state.refusal)) place.current?.focus();
  }, [state]);
  const reason = reasonOf(errors, refusal);
  if (reason === undefined) return null;
  return (
    <div role="alert" className="stack" tabIndex={-1} ref={place}>
      <Notice tone="bad" title={reason.title}>
        <p>{reason.text}</p>
      </Notice>
      {refusal === 'version_outdated' && stored && <StoredText text={stored} />}
    </div>
  );
}

interface Reason {
  readonly title: string;
  readonly text: string;
}

function reasonOf(errors: DraftFormState['errors'], refusal: DraftFormState['refusal']): Reason | undefined {
  if (Object.keys(errors).length > 0) {
    return { title: 'Nothing was saved yet', text: 'What has to be different is said beside each field.' };
  }
  switch (refusal) {
    case undefined:
      return undefined;
    case 'version_outdated':
      return {
        title: 'This draft was saved in another tab meanwhile',
        text: 'Nothing is lost: below is what you typed here, and what was saved there. Take over what you want to keep, then save.',
      };
    case 'already_published':
      return {
        title: 'This draft was published meanwhile',
        text: 'Your change was not saved, and is still below: copy it. Once an editor takes the note back, it can be changed again.',
      };
    case 'post_unknown':
      return {
        title: 'This draft is not there any more',
        text: 'It was deleted in another tab. What you typed is still below: copy it into a new draft.',
      };
    case 'too_many':
      return {
        title: 'You have as many drafts as one person may have',
        text: 'What you typed is still below. Delete a draft in another tab, then press again.',
      };
    case 'key_reused':
      return {
        title: 'This form has begun a draft before, with other words',
        text: 'What you typed is still below: that draft is among your drafts, where you can change it.',
      };
    default:
      return { title: 'Nothing was saved', text: 'What you typed is still below: please try again.' };
  }
}

/** The other text, to be compared and copied from; as it is stored, not as it will look. */
function StoredText({ text }: { readonly text: DraftText }) {
  return (
    <details className="panel stored-text">
      <summary>What was saved in the other tab</summary>
      <dl>
        <dt>Title</dt>
        <dd>{text.title}</dd>
        <dt>Topic</dt>
        <dd>{text.topic}</dd>
        <dt>Summary</dt>
        <dd>{text.summary}</dd>
      </dl>
      <label htmlFor="stored-body">Text</label>
      <textarea id="stored-body" readOnly rows={12} value={text.body} />
    </details>
  );
}
