/** Whether this process has the rights of root; always false on Windows. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

export function sudo(command: readonly string[]): readonly string[] {
  return ['sudo', ...command];
}

/** A command as a person types it. */
export function shellLine(commands: readonly (readonly string[])[]): string {
  return commands.map((command) => command.map(quoted).join(' ')).join(' && ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
