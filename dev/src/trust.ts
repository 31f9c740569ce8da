import { createAuthority } from './caddy/create-authority.ts';
import { requireCaddy } from './caddy/find-caddy.ts';
import { caStorage, rootCertificateIn } from './caddy/storage.ts';
import { Failure } from './terminal/failure.ts';
import { type CommandContext, runCommand } from './terminal/run-command.ts';
import { changeTrust } from './trust/change-trust.ts';
import { findRoot } from './trust/root.ts';

const help = `
pnpm trust: lets this system and your browsers trust the certificates of the local sites.

Puts the root certificate of your own local authority into the system's store, Chromium's and Firefox's. The
authority was made on this machine for you alone; its key never leaves its folder. What needs root is shown and
asked for first. Running it again changes nothing.

  pnpm trust      put it in
  pnpm untrust    take it out again
  pnpm checkup    see who trusts it
`;

async function run(context: CommandContext): Promise<number> {
  const { env, print } = context;
  const storage = caStorage(env);
  await createAuthority(await requireCaddy({ env }), storage);
  const root = findRoot(rootCertificateIn(storage));
  if (!root)
    throw new Failure(
      `Caddy wrote no root certificate into ${storage}`,
      'delete that folder and start again',
    );
  print(`The local root certificate is ${root.path}`);
  return changeTrust('add', root, context);
}

await runCommand({ help, run });
