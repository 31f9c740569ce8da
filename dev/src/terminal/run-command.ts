import { Failure } from './failure.ts';
import { createPaint, type Paint, wantsColour } from './paint.ts';

export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  readonly paint: Paint;
  readonly print: (text: string) => void;
}

export interface Command {
  /** Shown by `--help`; its first line says what the command does. */
  readonly help: string;
  /** Gives the exit code. @throws Failure, which is printed as a sentence and exits 1. */
  readonly run: (context: CommandContext) => Promise<number>;
}

/** Runs a command of this folder: `--help`, no other argument, failures as sentences, the exit code set. */
export async function runCommand({ help, run }: Command, args = process.argv.slice(2)): Promise<void> {
  const { env, stderr, stdout } = process;
  if (args.includes('--help') || args.includes('-h')) return void stdout.write(`${help.trim()}\n`);
  const unknown = args.find((argument) => argument !== '--');
  try {
    if (unknown !== undefined) throw new Failure(`Unknown argument ${unknown}`, 'see --help');
    process.exitCode = await run({
      env,
      paint: createPaint(wantsColour(env, stdout)),
      print: (text) => stdout.write(`${text}\n`),
    });
  } catch (error) {
    stderr.write(`${describeFailure(error, createPaint(wantsColour(env, stderr)))}\n`);
    process.exitCode = 1;
  }
}

/** A failure as a person reads it; anything unexpected keeps its stack, since that is a defect of ours. */
export function describeFailure(error: unknown, paint: Paint): string {
  if (!(error instanceof Failure))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const details = error.details.map((line) => paint('dim', `  │ ${line}`));
  return [...details, `${paint('red', '✗')} ${error.message}: ${error.fix}.`].join('\n');
}
