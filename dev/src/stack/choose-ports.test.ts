import { once } from 'node:events';
import { createServer } from 'node:net';
import { apps, DEFAULT_HTTPS_PORT } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { freePorts, portState } from '../system/ports.ts';
import { choosePorts, developmentPorts } from './choose-ports.ts';

describe('the ports of development', () => {
  it('behind another HTTPS port are free ones of their own, so that two clones run at once', async () => {
    const [first = 0, second = 0] = await freePorts(2);
    const chosen = [first, second].map((httpsPort) => choosePorts({ mode: 'development', httpsPort }, {}));
    for (const { httpsPort, ports } of await Promise.all(chosen)) {
      const behind = Object.values(ports);
      expect(new Set([httpsPort, ...behind]).size).toBe(4);
      for (const { port } of Object.values(apps)) expect(behind).not.toContain(port);
    }
  });

  it('behind the usual HTTPS port are the usual ones, but where somebody holds one of them', async () => {
    const holder = createServer().listen(apps.shop.port, '127.0.0.1');
    // This server holds it now, or somebody else did before.
    await once(holder, 'listening').catch(() => {});
    const { shop, blog } = await developmentPorts(DEFAULT_HTTPS_PORT);
    expect(shop).not.toBe(apps.shop.port);
    expect(blog === apps.blog.port || (await portState(apps.blog.port)) === 'taken').toBe(true);
    holder.close();
  });

  it('that are taken for HTTPS are refused with who holds it', async () => {
    const [httpsPort = 0] = await freePorts(1);
    await using holder = createServer().listen(httpsPort, '127.0.0.1');
    await once(holder, 'listening');
    await expect(choosePorts({ mode: 'development', httpsPort }, {})).rejects.toMatchObject({
      message: expect.stringMatching(`^Port ${httpsPort} is taken by `),
      fix: expect.stringMatching(/^end it, or choose another: HTTPS_PORT=\d+/),
    });
  });
});
