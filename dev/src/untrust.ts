import { caStorage, rootCertificateIn } from './caddy/storage.ts';
import { type CommandContext, runCommand } from './terminal/run-command.ts';
import { changeTrust } from './trust/change-trust.ts';
import { findRoot } from './trust/root.ts';

const help = `
pnpm untrust: takes out what pnpm trust put in.

Removes the local root certificate from the system's store, Chromium's and Firefox's. What needs root is shown and
asked for first. The authority itself stays in its folder, so that pnpm trust can put the same one back.
`;

async function run(context: CommandContext): Promise<number> {
  const storage = caStorage(context.env);
  const root = findRoot(rootCertificateIn(storage));
  if (root) return changeTrust('remove', root, context);
  context.print(`There is no local certificate in ${storage}, so nobody was told to trust one.`);
  return 0;
}

await runCommand({ help, run });
