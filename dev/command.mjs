// Starts one of the commands in src/: `node dev/command.mjs checkup`. It is plain JavaScript, so that an old Node
// gets as far as a sentence instead of an error about syntax it does not know.
import { isSupported, tooOld } from './node-version.mjs';

const [name = 'main'] = process.argv.splice(2, 1);
if (isSupported(process.versions.node)) {
  await import(new URL(`src/${name}.ts`, import.meta.url).href);
} else {
  process.stderr.write(`✗ ${tooOld(process.versions.node)}\n`);
  process.exitCode = 1;
}
