import { sql } from 'kysely';
import { findLane, type Lane } from './outbox-rows.ts';
import type { Database } from './prepared.ts';

/** A lane in which something is to be done now. */
export interface DueLane extends Lane {
  /** Whether notices are due, rather than only the question whether the address answers again. */
  readonly isDue: boolean;
}

interface LaneRow {
  readonly lane: string;
  readonly due: boolean | number;
  readonly silent: boolean | number;
}

/** Steps through the index `outbox_due` from lane to lane, so that ten thousand notices for one cost as much as one. */
export async function listDueLanes(db: Database, now: number, probedBefore: number): Promise<DueLane[]> {
  const { rows } = await sql<LaneRow>`
    with recursive lanes (lane) as (
      select min(lane) from outbox where finished_at is null
      union all
      select (select min(outbox.lane) from outbox where finished_at is null and outbox.lane > lanes.lane)
      from lanes where lanes.lane is not null
    )
    select lane,
      exists (select 1 from outbox where outbox.lane = lanes.lane and finished_at is null
        and next_at <= ${now} and leased_until <= ${now}) as due,
      exists (select 1 from outbox where outbox.lane = lanes.lane and finished_at is null
        and next_at is null and tried_at <= ${probedBefore} and leased_until <= ${now})
      and not exists (select 1 from outbox_probes where outbox_probes.lane = lanes.lane
        and probed_at > ${probedBefore}) as silent
    from lanes where lane is not null`.execute(db);
  return rows
    .filter(({ due, silent }) => Boolean(due) || Boolean(silent))
    .flatMap(({ lane, due }) => {
      const found = findLane(lane);
      return found ? [{ ...found, isDue: Boolean(due) }] : [];
    });
}
