import { findProgram } from '../system/find-program.ts';
import { requireTool } from '../system/require-tool.ts';
import { findAsk } from '../terminal/ask.ts';
import { describeFailure, type CommandContext } from '../terminal/run-command.ts';
import { applyChange, type Change, type Result } from './apply.ts';
import { describeResult, exitCodeOf } from './report.ts';
import type { Root } from './root.ts';
import { findStores } from './find-stores.ts';

/** Changes every store, tells about each, and gives the exit code. */
export async function changeTrust(change: Change, root: Root, context: CommandContext): Promise<number> {
  const { env, paint, print } = context;
  const isComplete = await reachBrowsers(context);
  const results: Result[] = [];
  for (const store of findStores(env).stores) {
    // One after the other: two of them may have a question.
    const result = await applyChange(store, change, root, { ask: findAsk() });
    print(describeResult(result, change, paint));
    results.push(result);
  }
  if (results.some(({ outcome }) => outcome === 'done'))
    print('  Browsers that are open notice it when they start again.');
  return isComplete ? exitCodeOf(results) : 1;
}

/** Installs NSS's certutil where a browser needs it and that is allowed. @returns whether every browser can be reached */
async function reachBrowsers({ env, paint, print }: CommandContext): Promise<boolean> {
  const { needCertutil } = findStores(env);
  if (needCertutil.length === 0) return true;
  try {
    await requireTool({
      tool: 'certutil',
      title: "NSS's certutil",
      homepage: 'https://firefox-source-docs.mozilla.org/security/nss/',
      find: () => findProgram('certutil', env),
      env,
    });
    return true;
  } catch (error) {
    print(`${describeFailure(error, paint)}\n  Until then ${needCertutil.join(' and ')} can't be told.`);
    return false;
  }
}
