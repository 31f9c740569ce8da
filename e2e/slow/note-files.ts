import type { CopyOptions } from './app-copy.ts';

/** A guarded page of the shop with a form whose Server Action is guarded too, for everybody who is signed in. */
export const noteFiles: NonNullable<CopyOptions['files']> = {
  'src/app/note/actions.ts': `
'use server';
import { action } from '../../auth.ts';

const guarded = action(async (_session, form: FormData) => {
  console.log('NOTE ' + String(form.get('note')).length);
});

export async function send(form: FormData): Promise<void> {
  await guarded(form);
}
`,
  'src/app/note/page.tsx': `
import { KeptForm } from '@sso/auth/react';
import { requireSession } from '../../auth.ts';
import { SitePage } from '../../components/site-page.tsx';
import { send } from './actions.ts';

export default async function NotePage() {
  await requireSession('/note');
  return (
    <SitePage path="/note">
      <KeptForm action={send} className="page stack" aria-label="A note">
        <label>Note <textarea name="note" /></label>
        <label>Card <input name="card" autoComplete="cc-number" /></label>
        <button className="button" type="submit">Send</button>
      </KeptForm>
    </SitePage>
  );
}
`,
};
