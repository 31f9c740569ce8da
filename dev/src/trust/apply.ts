import { asRoot, isRoot, shellLine } from '../system/privileges.ts';
import { run } from '../system/run.ts';
import type { Ask } from '../terminal/ask.ts';
import type { Root } from './root.ts';
import type { Step, TrustStore } from './store.ts';

export type Change = 'add' | 'remove';

/** What became of one store. 'left': someone must still type `command`. */
export type Result =
  | { readonly store: TrustStore; readonly outcome: 'done' | 'already' }
  | { readonly store: TrustStore; readonly outcome: 'left' | 'failed'; readonly command: string };

export interface ApplyOptions {
  /** How to ask a person before anything runs as root; undefined without a terminal. */
  readonly ask: Ask | undefined;
  readonly isRoot?: boolean;
}

/** Brings one store to the wanted state, unless it is there already. Asks before it runs anything as root. */
export async function applyChange(
  store: TrustStore,
  change: Change,
  root: Root,
  options: ApplyOptions,
): Promise<Result> {
  const wanted = change === 'add';
  if ((await store.isTrusted(root)) === wanted) return { store, outcome: 'already' };
  const steps = store[change](root);
  const command = shellLine(steps.map((step) => commandOf(step, options)));
  if (!(await mayRun(store, steps, command, options))) return { store, outcome: 'left', command };
  const done = (await runSteps(steps, options)) && (await store.isTrusted(root)) === wanted;
  return done ? { store, outcome: 'done' } : { store, outcome: 'failed', command };
}

async function mayRun(
  store: TrustStore,
  steps: readonly Step[],
  command: string,
  options: ApplyOptions,
): Promise<boolean> {
  const { ask } = options;
  if (!steps.some((step) => needsPassword(step, options))) return true;
  return ask !== undefined && ask(`For ${store.name} this must run as root:\n  ${command}\nRun it now?`);
}

async function runSteps(steps: readonly Step[], options: ApplyOptions): Promise<boolean> {
  for (const step of steps) {
    const [program = '', ...args] = commandOf(step, options);
    const terminal = needsPassword(step, options) ? 'inherit' : 'capture';
    // Each step builds on the one before.
    const { code } = await run(program, args, { terminal });
    if (code !== 0 && !step.mayFail) return false;
  }
  return true;
}

function commandOf(step: Step, options: ApplyOptions): readonly string[] {
  return needsPassword(step, options) ? asRoot(step.command) : step.command;
}

/** sudo and su ask for one. */
function needsPassword(step: Step, { isRoot: root = isRoot() }: ApplyOptions): boolean {
  return step.asRoot === true && !root;
}
