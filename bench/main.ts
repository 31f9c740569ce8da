import { benches } from './benches.ts';
import { writeReport } from './report.ts';

const list = benches.map(({ name, what }) => `  ${name.padEnd(10)} ${what}`).join('\n');
const help = `
pnpm bench <name>: measures one thing on this machine and writes what came out into bench/README.md.

${list}

Everything listens on loopback addresses only. Nothing else should run meanwhile.
`.trim();

const [name, ...more] = process.argv.slice(2).filter((argument) => argument !== '--');
const bench = benches.find((known) => known.name === name);
if (name === undefined || name === '--help' || name === '-h') {
  console.log(help);
} else if (!bench || more.length > 0) {
  console.error(`✗ ${[name, ...more].join(' ')} is no benchmark: see pnpm bench --help.`);
  process.exitCode = 1;
} else {
  const report = await bench.run((line) => console.log(line));
  writeReport(bench.name, report);
  console.log(`\n${report}\n\nThis stands in bench/README.md now.`);
}
