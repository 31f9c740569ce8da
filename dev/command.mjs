// Starts one of the commands: `node dev/command.mjs checkup`. It is plain JavaScript, so that an old Node gets as far as
// a sentence instead of an error about syntax it does not know, and so does a clone where nothing is installed.
import { installsByItself, isInstalled, notByThis, unfinished } from './installation.mjs';
import { isSupported, tooOld } from './node-version.mjs';

const [name = 'main'] = process.argv.splice(2, 1);
const problems = findProblems();
if (problems.length === 0) {
  hideSqliteWarning();
  await import(
    new URL(name === 'idp' ? '../apps/idp/src/cli/main.ts' : `src/${name}.ts`, import.meta.url).href
  );
} else {
  process.stderr.write(problems.map((problem) => `✗ ${problem}\n`).join(''));
  process.exitCode = 1;
}

/** The installation comes first: it brings the Node that fits. */
function findProblems() {
  if (!isInstalled()) {
    return installsByItself(process.env['npm_config_user_agent']) ? [unfinished] : [unfinished, notByThis];
  }
  return isSupported(process.versions.node) ? [] : [tooOld(process.versions.node)];
}

/** Node 22 warns that its SQLite is an experiment. What is used of it here is the same in Node 24, which does not. */
function hideSqliteWarning() {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) {
      Reflect.apply(emitWarning, undefined, [warning, ...rest]);
    }
  };
}
