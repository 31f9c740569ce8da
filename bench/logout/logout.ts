import type { Bench } from '../bench.ts';
import { toTable } from '../table.ts';
import { measureManySessions } from './many-sessions.ts';
import { measureOpenTab } from './open-tab.ts';
import { measureOwnSignOut } from './own-sign-out.ts';
import { measureSiteDown } from './site-down.ts';

const DOWN_SECONDS = 60;

export const logout: Bench = {
  name: 'logout',
  what: 'sites that hang, sites that are down, and 10,000 sessions that end at once',
  async run(print) {
    print('an open tab of another site …');
    const tab = await measureOpenTab();
    print('the person’s own sign-out …');
    const own = await measureOwnSignOut();
    print(`a site that is down for ${DOWN_SECONDS} s …`);
    const down = await measureSiteDown(DOWN_SECONDS);
    print('10,000 sessions with 3 sites each …');
    const many = await measureManySessions();
    return toTable(
      ['what', 'goal', 'measured'],
      [
        ['sign-out pressed at one site to the open tab of another', '≤ 300 ms median, ≤ 2 s p99', tab],
        ['the person’s own sign-out with 20 sites of which 5 hang, beside one without', '≤ 20 ms more', own],
        [`a site down for ${DOWN_SECONDS} s: told after it is back`, '≤ 5 s', down],
        ['10,000 sessions with 3 sites each ended at once: told', '≥ 300 a second', many.rate],
        ['of these twice', '0', many.twice],
        ['sign-ins meanwhile', '≤ 1.5 × slower', many.signIns],
      ],
    );
  },
};
