import type { Bench } from '../bench.ts';
import { toTable } from '../table.ts';
import { measureChangedRole } from './changed-role.ts';
import { measureRefusal } from './refusal.ts';

export const now: Bench = {
  name: 'now',
  what: 'a role that is taken away now, and one of 10,000 people that brings something else',
  async run(print) {
    print('a role is taken away, 100 times …');
    const refusal = await measureRefusal();
    print('a role of 10,000 people with 2 sites each …');
    const changed = await measureChangedRole();
    return toTable(
      ['what', 'goal', 'measured'],
      [
        ['a role taken away now, to its token refused at the other site, 100 times', '≤ 2 s p99', refusal],
        ['a role of 10,000 people with 2 sites each changed: told', '≥ 300 a second', changed.rate],
        ['of these twice', '0', changed.twice],
        ['sign-ins meanwhile', '≤ 1.5 × slower', changed.signIns],
      ],
    );
  },
};
