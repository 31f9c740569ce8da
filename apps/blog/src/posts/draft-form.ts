import type { DraftText } from './draft-text.ts';
import type { WritingRefusal } from './writing-refused.ts';

/** What a draft's form shows after it was sent and nothing was written: all that was typed, and why. */
export interface DraftFormState {
  readonly typed: DraftText;
  /** What is wrong with a field, by its name. */
  readonly errors: Readonly<Partial<Record<keyof DraftText, string>>>;
  readonly refusal?: WritingRefusal['code'] | undefined;
  /** The version that the next try is made from: that of `stored`, once the person has seen it. */
  readonly version?: number | undefined;
  /** The draft as it is stored by now, where it isn't the one that the form was filled from. */
  readonly stored?: DraftText | undefined;
}

export type SendDraft = (state: DraftFormState, form: FormData) => Promise<DraftFormState>;

/** The text of a post, as a form is filled with it. */
export function textOf({ title, summary, topic, body }: DraftText): DraftText {
  return { title, summary, topic, body };
}

/** What was typed, right or wrong. */
export function typedIn(form: FormData): DraftText {
  const read = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
  };
  return { title: read('title'), summary: read('summary'), topic: read('topic'), body: read('body') };
}
