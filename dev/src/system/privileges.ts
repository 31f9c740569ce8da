import { findProgram } from './find-program.ts';

/** Whether this process has the rights of root; always false on Windows. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The command with the rights of root: by sudo, or where there is none by su, which asks for root's password. */
export function asRoot(command: readonly string[], env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const lacksSudo = findProgram('sudo', env) === undefined && findProgram('su', env) !== undefined;
  return lacksSudo ? ['su', 'root', '-c', shellLine([command])] : ['sudo', ...command];
}

/** A command as a person types it. */
export function shellLine(commands: readonly (readonly string[])[]): string {
  return commands.map((command) => command.map(quoted).join(' ')).join(' && ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
