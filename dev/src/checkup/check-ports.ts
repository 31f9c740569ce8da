import { appList } from '@sso/domains';
import { findPortHolder, portState } from '../system/ports.ts';
import { broken, fine, type Finding, hint } from './check.ts';

/** Whether the HTTPS port and those of the apps can be used. */
export function checkPorts(httpsPort: number): Promise<Finding[]> {
  return Promise.all([
    checkPort(httpsPort, 'HTTPS', 'end it, or choose another with HTTPS_PORT=9443'),
    ...appList.map(({ port, title }) => checkPort(port, title, 'end it')),
  ]);
}

export async function checkPort(port: number, user: string, fix: string): Promise<Finding> {
  const title = `Port ${port}`;
  const state = await portState(port);
  if (state === 'free') return fine(title, `free for ${user}`);
  if (state === 'forbidden') {
    return hint(
      title,
      'needs rights that this process does not have',
      'see what pnpm dev says; 8443 needs none',
    );
  }
  const holder = (await findPortHolder(port)) ?? 'another program';
  return broken(title, `taken by ${holder}, which may be pnpm dev itself`, fix);
}
