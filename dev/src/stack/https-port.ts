import { appList, DEFAULT_HTTPS_PORT } from '@sso/domains';
import { Failure } from '../terminal/failure.ts';

/**
 * The port that every URL derives from: HTTPS_PORT, else 8443.
 * @throws Failure when it is not a port number, or is that of an app
 */
export function readHttpsPort(env: NodeJS.ProcessEnv): number {
  const value = env['HTTPS_PORT'];
  if (value === undefined || value === '') return DEFAULT_HTTPS_PORT;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new Failure(
      `HTTPS_PORT=${value} is no port`,
      'give a number from 1 to 65535, such as HTTPS_PORT=9443',
    );
  }
  const app = appList.find((one) => one.port === port);
  if (!app) return port;
  throw new Failure(
    `HTTPS_PORT=${value} is the port of ${app.title} behind Caddy`,
    'choose another, such as HTTPS_PORT=9443',
  );
}
