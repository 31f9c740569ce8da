import { createClientSecret } from '../../clients/register-client.ts';
import { sha256 } from '../../foundation/secrets.ts';
import { type Command, type CommandArguments, type CommandContext, usageError } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { wholeNumberOption } from '../whole-number.ts';
import { withClient } from './stored-client.ts';

const HOUR = 3600;
const synopsis = { name: 'clients rotate-secret', usage: '<client_id> [--overlap <hours> | --now]' };

export const rotateClientSecret: Command = {
  ...synopsis,
  summary: 'Gives a client another secret',
  details: `The new one is shown this once. For 24 hours, or as --overlap says, the client may use either, so that it can be given the
new one without a gap; a secret from before an earlier rotation ends at once. --now is for a secret that somebody else
knows: nothing but the new one counts, on every node within seconds. Sessions and refresh tokens go on.`,
  examples: [
    'clients rotate-secret wiki',
    'clients rotate-secret wiki --overlap 168',
    'clients rotate-secret wiki --now',
  ],
  options: {
    overlap: {
      type: 'string',
      value: 'hours',
      help: 'How long the old one is accepted too; 24 where it is left out',
    },
    now: { type: 'boolean', help: 'The old one is worth nothing from now on' },
  },
  positionals: 1,
  run(context, given) {
    const overlapUntil = overlapFrom(context, given);
    return withClient(async ({ store, client: { clientId } }) => {
      const secret = createClientSecret();
      const rotation = { clientId, secretHash: sha256(secret), overlapUntil };
      if (!(await store.replaceClientSecret(rotation, context.clock())))
        throw new Error(
          `The client "${clientId}" has no secret: it is public, or signs with a key of its own.`,
        );
      context.observe({ type: 'secret.rotated', clientId, previousUntil: overlapUntil });
      context.print(`client_secret: ${secret}`);
      context.print(`Keep it now: only its hash is stored. ${fateOfTheOld(overlapUntil)}`);
    })(context, given);
  },
};

/** @throws UsageError */
function overlapFrom({ clock }: CommandContext, given: CommandArguments): number | undefined {
  if (!given.has('now'))
    return clock() + wholeNumberOption(synopsis, given, 'overlap', { fallback: 24, max: 8760 }) * HOUR;
  if (given.one('overlap') !== undefined) throw usageError(synopsis, 'Say --overlap or --now, not both.');
  return undefined;
}

function fateOfTheOld(overlapUntil: number | undefined): string {
  return overlapUntil === undefined
    ? 'The old one is worth nothing in a few seconds.'
    : `The old one is accepted until ${formatTime(overlapUntil)}.`;
}
