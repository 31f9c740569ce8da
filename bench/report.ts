import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const readme = new URL('README.md', import.meta.url);

/**
 * Writes what a benchmark found between its marks in the README.
 *
 * @throws Error where the README has no such marks
 */
export function writeReport(name: string, report: string): void {
  const text = readFileSync(readme, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`bench/README.md lacks the marks ${begin} and ${end}`);
  const kept = text.slice(0, before + begin.length);
  writeFileSync(readme, `${kept}\n\n${report}\n\n${machine()}\n\n${text.slice(after)}`);
}

const machine = () =>
  `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}.`;
