import { findProgram, isProgram } from '../system/find-program.ts';
import { requireTool, type RequireToolOptions } from '../system/require-tool.ts';
import { run } from '../system/run.ts';
import { Failure } from '../terminal/failure.ts';

/**
 * Caddy's path: CADDY_BIN, else PATH.
 * @throws Failure when CADDY_BIN does not name a program
 */
export function findCaddy(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['CADDY_BIN'];
  if (named === undefined || named === '') return findProgram('caddy', env);
  if (isProgram(named)) return named;
  throw new Failure(`CADDY_BIN=${named} is not a program`, "give Caddy's path, or unset it to look on PATH");
}

/**
 * Caddy's path, installed first where that is allowed (see requireTool).
 * @throws Failure with the one command to type, or when it is older than 2.6
 */
export async function requireCaddy(options: Partial<RequireToolOptions> = {}): Promise<string> {
  const { env = process.env } = options;
  const caddy = await requireTool({
    tool: 'caddy',
    title: 'Caddy',
    homepage: 'https://caddyserver.com/docs/install',
    find: () => findCaddy(env),
    ...options,
  });
  const version = await caddyVersion(caddy);
  if (version !== undefined && isRecent(version)) return caddy;
  throw new Failure(
    version === undefined
      ? `${caddy} does not say its version`
      : `Caddy ${version} is too old, 2.6 is needed`,
    'install a newer one from https://caddyserver.com/docs/install',
  );
}

/** '2.6.2'; undefined when the program does not answer as Caddy does. */
export async function caddyVersion(caddy: string): Promise<string | undefined> {
  const { stdout } = await run(caddy, ['version'], { timeoutSeconds: 20 });
  return /^v?(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
}

/** @param version such as '2.6.2' */
export function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 6);
}
