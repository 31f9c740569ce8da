import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listProducts } from '../../apps/shop/src/catalogue/products.ts';
import { openShopDatabase } from '../../apps/shop/src/database/database.ts';
import { productView } from '../../apps/shop/src/api/product-view.ts';
import { createResourceServer } from '../../packages/auth/src/resource/index.ts';
import { createTestIssuer } from '../../packages/auth/src/testing/index.ts';

/** The shop's list of products, as its API answers it, at `/checked` with the check of a Bearer token and at `/open` without. */
const issuer = await createTestIssuer();
const database = await openShopDatabase(process.argv[2] ?? ':memory:');
const { audience, fetch, clock } = issuer;
const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock });

const list = async (): Promise<Response> => {
  const products = await listProducts(database, { seesMemberPrices: false });
  return Response.json({
    products: products.map((one) => productView(one, 'https://shop.example', undefined)),
  });
};
const handlers = new Map<string, (request: Request) => Promise<Response>>([
  ['/open', list],
  ['/checked', api.guard(list)],
]);

const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const handle = handlers.get(incoming.url ?? '');
  if (!handle) throw new Error(`no such path: ${incoming.url}`);
  const response = await handle(toRequest(incoming));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}

function toRequest({ url, headers }: IncomingMessage): Request {
  const { authorization = '' } = headers;
  return new Request(`http://127.0.0.1${url ?? '/'}`, { headers: { authorization } });
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  void issuer.accessToken().then((token) => process.send?.({ port, token }));
});
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit());
