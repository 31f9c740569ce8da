import type { CopyOptions } from './app-copy.ts';

/** What the probes answer to a signed-in person. */
export const HANDLER_SECRET = 'HANDLER-SECRET';
export const ACTION_SECRET = 'ACTION-SECRET';

/** A guarded route handler and a guarded Server Action: the shop's own actions give no secret away. The page with the form is public. */
export const probeFiles: NonNullable<CopyOptions['files']> = {
  'src/auth.ts': (before) => before.replace('  handlers,', '  handler,\n  handlers,'),
  'src/app/probe/handler/route.ts': `
import { handler } from '../../../auth.ts';

export const GET = handler(() => new Response('${HANDLER_SECRET}'));
export const POST = handler(() => new Response('${HANDLER_SECRET}'));
`,
  'src/app/probe/actions.ts': `
'use server';
import { action } from '../../auth.ts';

const guarded = action(async () => '${ACTION_SECRET}');

export async function reveal(): Promise<string> {
  return guarded();
}
`,
  'src/app/probe/page.tsx': `
import { connection } from 'next/server';
import { reveal } from './actions.ts';

export default async function ProbePage() {
  await connection();
  return (
    <form action={reveal as unknown as () => Promise<void>}>
      <button>Reveal</button>
    </form>
  );
}
`,
};
