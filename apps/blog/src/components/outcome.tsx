import { Notice, type NoticeTone } from '@sso/ui';

interface OutcomeProps {
  /** The parameters of the page's address, where an action says what came of it. */
  readonly parameters: Readonly<Record<string, string | string[] | undefined>>;
}

/** What was just done, or why nothing was. */
export function Outcome({ parameters: { done, refused } }: OutcomeProps) {
  const outcome = outcomes.get(String(refused ?? done));
  if (!outcome) return null;
  const { title, text, tone = 'good' } = outcome;
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'}>
      <Notice tone={tone} title={title}>
        {text}
      </Notice>
    </div>
  );
}

const outcomes: ReadonlyMap<
  string,
  { readonly title: string; readonly text: string; readonly tone?: NoticeTone }
> = new Map([
  ['published', { title: 'It is published', text: 'Everybody can read it, and people may comment.' }],
  [
    'taken_back',
    {
      title: 'It is a draft again',
      text: 'Only its author and editors see it. Its comments come back with it.',
    },
  ],
  [
    'refunded',
    { title: 'It is refunded', text: 'The things are back in stock, and the buyer sees the reason.' },
  ],
  [
    'forbidden',
    {
      title: 'Nothing was refunded',
      text: 'A refund takes shop:orders.refund, which comes with the role support. Whoever runs the provider can give it to you.',
      tone: 'bad',
    },
  ],
  [
    'conflict',
    { title: 'It was refunded before', text: 'Somebody was faster, and it was refunded once.', tone: 'bad' },
  ],
  [
    'unavailable',
    {
      title: 'The shop did not answer',
      text: 'Whether it was refunded is shown below as soon as the shop says so. Pressing again refunds it once.',
      tone: 'bad',
    },
  ],
  ['deleted', { title: 'The draft is deleted', text: 'It can’t be brought back.' }],
  ['commented', { title: 'Your comment is here', text: 'It stands first below the note.' }],
  ['hidden', { title: 'The comment is hidden', text: 'Its place says so. You can show it again.' }],
  ['shown', { title: 'The comment is shown again', text: 'Everybody can read it as before.' }],
  [
    'version_outdated',
    {
      title: 'Nothing was done: the draft has changed',
      text: 'Its author saved other words since you opened this page. These are the new ones: please look again.',
      tone: 'bad',
    },
  ],
  [
    'already_published',
    { title: 'It was published before', text: 'Somebody was faster, and nothing was changed.', tone: 'bad' },
  ],
  [
    'not_published',
    { title: 'It is a draft already', text: 'Somebody was faster, and nothing was changed.', tone: 'bad' },
  ],
  [
    'comment_unknown',
    { title: 'This comment is not there any more', text: 'Nothing was changed.', tone: 'bad' },
  ],
]);
