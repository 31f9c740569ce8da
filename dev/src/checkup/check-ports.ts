import { findStackOnPort } from '../stack/find-stack.ts';
import { alreadyRuns } from '../stack/running.ts';
import { portState, portTaken } from '../system/ports.ts';
import { broken, fine, type Finding, hint } from './check.ts';

/** Whether the HTTPS port can be used. The ports behind it are chosen at the start. */
export async function checkPort(port: number): Promise<Finding> {
  const title = 'HTTPS port';
  const state = await portState(port);
  if (state === 'free') return fine(title, `${port} is free`);
  if (state === 'forbidden') {
    return hint(
      title,
      `${port} needs rights that this process does not have`,
      'see what pnpm dev says; 8443 needs none',
    );
  }
  const other = 'choose another with HTTPS_PORT=9443';
  const running = await findStackOnPort(port);
  const { message, fix } = running
    ? alreadyRuns(running, `use it, or end it there, or ${other}`)
    : await portTaken(port, `end it, or ${other}`);
  return broken(title, message, fix);
}
