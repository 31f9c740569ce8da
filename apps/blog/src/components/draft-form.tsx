'use client';

import { KeptForm } from '@sso/auth/react';
import { SubmitButton } from '@sso/site/submit-button';
import { type ReactNode, useActionState } from 'react';
import type { DraftFormState, SendDraft } from '../posts/draft-form.ts';
import type { DraftText } from '../posts/draft-text.ts';
import { LIMITS } from '../posts/limits.ts';
import { DraftField } from './draft-field.tsx';
import { DraftRefusal } from './draft-refusal.tsx';

interface DraftFormProps {
  readonly action: SendDraft;
  readonly text: DraftText;
  /** Names a new draft. */
  readonly idempotencyKey?: string;
  /** Which draft is changed, and as what version it was read. */
  readonly draft?: { readonly slug: string; readonly version: number };
  /** What stands above the fields, until something is refused. */
  readonly children?: ReactNode;
}

/** Writes a draft. What is typed stays: at the end of a session, where it is refused, and where another tab was faster. */
export function DraftForm({ action, text, idempotencyKey, draft, children }: DraftFormProps) {
  const [state, send] = useActionState(action, { typed: text, errors: {} });
  const { typed, errors, version } = state;
  const isRefused = state.refusal !== undefined || Object.keys(errors).length > 0;
  return (
    <KeptForm action={send} name="draft" className="stack draft-form">
      {isRefused ? <DraftRefusal state={state} /> : children}
      {idempotencyKey !== undefined && <input type="hidden" name="key" defaultValue={idempotencyKey} />}
      {draft && <input type="hidden" name="slug" value={draft.slug} />}
      {draft && <input type="hidden" name="version" value={version ?? draft.version} />}
      {fields.map(({ name, ...field }) => (
        <DraftField
          key={name}
          name={name}
          {...field}
          value={typed[name]}
          maxLength={LIMITS[name]}
          error={errors[name]}
        />
      ))}
      <SubmitButton className="button self-start" pending="Saving …">
        {saveLabel(state, draft !== undefined)}
      </SubmitButton>
    </KeptForm>
  );
}

function saveLabel({ refusal }: DraftFormState, isSaved: boolean): string {
  if (refusal === 'version_outdated') return 'Save mine in its place';
  return isSaved ? 'Save the draft' : 'Begin the draft';
}

const fields = [
  { name: 'title', label: 'Title', hint: 'The address is made of it once, and stays.' },
  { name: 'topic', label: 'Topic', hint: 'A word or two, such as “The eye”.' },
  { name: 'summary', label: 'Summary', hint: 'One sentence, for the list and under the title.' },
  {
    name: 'body',
    label: 'Text',
    hint: 'Markdown: ## heading, *emphasis*, > quote, - list, [words](https://…). A product of the shop is [words](shop:its-slug). HTML and images are shown as plain words.',
  },
] as const;
