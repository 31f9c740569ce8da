/** What came out of one contest. */
export interface Contest {
  readonly what: string;
  readonly names: readonly string[];
  /** Median for one, in the order of the names. */
  readonly microseconds: readonly number[];
}

/** The first of a contest is node:crypto alone, the second ours. */
const goals = [
  { id: 'P7', what: 'a new bearer token', least: 0.85 },
  { id: 'P7', what: 'signing an access token', least: 0.8 },
  { id: 'P7', what: 'a session not opened before', least: 0.6 },
] as const;

const SEEN = 'a bearer token seen before';
const LEAST_TIMES_RAW = 40;
const MOST_MICROSECONDS = 2;

export function goalRows(contests: readonly Contest[]): string[][] {
  const timesOf = (what: string) => contests.find((contest) => contest.what === what)?.microseconds ?? [];
  const rows = goals.map(({ id, what, least }) => {
    const [raw = 0, ours = 0] = timesOf(what);
    return [
      `${id} ${what}`,
      `${least} of node:crypto’s rate`,
      (raw / ours).toFixed(2),
      word(raw / ours >= least),
    ];
  });
  const [raw = 0, seen = 0] = timesOf(SEEN);
  return [
    [
      `P6 ${SEEN}`,
      `${LEAST_TIMES_RAW} × a verification`,
      `${(raw / seen).toFixed(0)} ×`,
      word(raw / seen >= LEAST_TIMES_RAW),
    ],
    [
      `P6 ${SEEN}`,
      `at most ${MOST_MICROSECONDS} µs`,
      `${seen.toFixed(1)} µs`,
      word(seen <= MOST_MICROSECONDS),
    ],
    ...rows,
  ];
}

const word = (isReached: boolean): string => (isReached ? 'yes' : 'no');
