import { cpSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown';

// The provider and its command line, each as one file that needs no workspace: `node dist/bin/main.mjs`. What is native, and so
// made for one platform, lies beside it in dist/node_modules.

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const NATIVE = ['better-sqlite3', '@node-rs/argon2'];

/** Where the sources read files by an address of their own, the bundle finds them at the same one. */
const stylesheets = (): Plugin => ({
  name: 'stylesheets',
  writeBundle() {
    cpSync(at('src/interaction/pages.css'), at('dist/bin/pages.css'));
    cpSync(at('node_modules/@sso/ui/css'), at('dist/css'), { recursive: true, dereference: true });
  },
});

const nativeModules = (): Plugin => ({
  name: 'native-modules',
  writeBundle() {
    for (const name of NATIVE) copyPackage(at(`node_modules/${name}`), name);
    // argon2's code for this platform is a package of its own, which pnpm puts beside it.
    const scope = dirname(realpathSync(at('node_modules/@node-rs/argon2')));
    for (const name of readdirSync(scope)) copyPackage(join(scope, name), `@node-rs/${name}`);
  },
});

/** Without sources, and without what was built for other platforms. */
function copyPackage(from: string, name: string): void {
  const root = realpathSync(from);
  const isNeeded = (path: string): boolean => {
    const [first = '', ...rest] = path.slice(root.length + 1).split('/');
    const isForeign = path.endsWith('.node') && first === 'prebuilds' && !isOwnPrebuild(rest.join('/'));
    return !['src', 'deps', 'node_modules'].includes(first) && !isForeign;
  };
  cpSync(root, at(`dist/node_modules/${name}`), { recursive: true, filter: isNeeded });
}

function isOwnPrebuild(file: string): boolean {
  return file.startsWith(process.platform) && file.endsWith(`-${process.arch}.node`);
}

function bundle(name: string, input: string, plugins: Plugin[]): RolldownOptions {
  return {
    input: { [name]: at(input) },
    platform: 'node',
    // pg asks for the last one where it is there.
    external: [...NATIVE, 'pg-native'],
    plugins,
    output: { dir: at('dist/bin'), format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false },
  };
}

export default defineConfig([
  bundle('main', 'src/main.ts', [stylesheets(), nativeModules()]),
  bundle('idp', 'src/cli/main.ts', []),
]);
