import { authorizePath, openEstate } from './estate.ts';
import { locationOf } from './browser.ts';
const m = '1000';
const e = await openEstate({
  SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS: m,
  SIGN_IN_TRIES_PER_ADDRESS: m,
  SIGN_IN_TRIES_PER_ACCOUNT: m,
});
const b = e.browser('127.0.0.1');
const path = locationOf(await b.get(authorizePath())).pathname;
const t: Record<string, number[]> = { ada: [], nobody: [] };
for (let i = 0; i < 210; i++)
  for (const u of i % 2 ? ['ada', 'nobody'] : ['nobody', 'ada']) {
    const s = performance.now();
    await (await b.post(path, { username: u, password: 'wrong' })).text();
    if (i >= 10) t[u]!.push(performance.now() - s);
  }
const med = (a: number[]) => a.toSorted((x, y) => x - y)[a.length / 2]!;
console.log(
  med(t['ada']!).toFixed(2),
  med(t['nobody']!).toFixed(2),
  ((med(t['ada']!) / med(t['nobody']!) - 1) * 100).toFixed(2) + '%',
);
const e2 = await openEstate();
const many = await Promise.all(
  Array.from({ length: 50 }, async () => {
    const b = e2.browser('127.0.0.1');
    const p = locationOf(await b.get(authorizePath())).pathname;
    return (await b.post(p, { username: 'ada', password: 'the analytical engine weaves' })).status;
  }),
);
console.log(Object.entries(Object.groupBy(many, (s) => String(s))).map(([k, v]) => `${k}:${v!.length}`));
await e[Symbol.asyncDispose]();
await e2[Symbol.asyncDispose]();
