import { dirname } from 'node:path';
import type { Child, Program } from '../process/child.ts';
import { findCommand } from '../process/proc.ts';
import { Failure } from '../terminal/failure.ts';
import { caddyEnvironment, caddyfile, type CaddySettings } from './environment.ts';

/** Caddy with the repository's Caddyfile. */
export async function caddyProgram(caddy: string, settings: CaddySettings): Promise<Program> {
  return {
    command: caddy,
    args: ['run', '--config', caddyfile, '--adapter', 'caddyfile'],
    cwd: dirname(caddyfile),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...(await caddyEnvironment(settings)) },
  };
}

/** The configuration that a process runs with, if it is a Caddy that was started as above. */
export function caddyfileOf(pid: number): string | undefined {
  return / run --config (.+) --adapter caddyfile\b/.exec(findCommand(pid) ?? '')?.[1];
}

/** Why Caddy did not come up, read from its last words. */
export function caddyFailure(child: Child, httpsPort: number): Failure {
  const details = child.tail();
  const words = details.join('\n');
  if (words.includes('permission denied') && words.includes('bind')) {
    return new Failure(`Port ${httpsPort} needs rights that Caddy does not have here`, rightsFix(), {
      details,
    });
  }
  if (words.includes('address already in use')) {
    return new Failure(
      `Port ${httpsPort} is taken`,
      'end what holds it, or choose another with HTTPS_PORT=9443',
      { details },
    );
  }
  return new Failure('Caddy did not start', 'see its last lines above', { details });
}

function rightsFix(): string {
  const stay = 'leave HTTPS_PORT out (8443 needs no rights)';
  if (process.platform !== 'linux') return stay;
  return `${stay}, or type sudo setcap cap_net_bind_service=+ep "$(command -v caddy)" once`;
}
