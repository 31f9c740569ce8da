import { median, type Result } from './measure.ts';

interface Measured {
  readonly columns: readonly string[];
  readonly results: readonly Result[];
  /** MiB, in the order of the columns. */
  readonly memory: readonly number[];
}

interface RatioGoal {
  readonly id: string;
  readonly scenario: string;
  readonly peer: string;
  readonly least: number;
}

const OURS = 'ours, SQLite';

/** What is aimed at, as ratios of one run. */
const goals: readonly RatioGoal[] = [
  { id: 'P1', scenario: 'code + PKCE', peer: 'oidc-provider', least: 2.5 },
  { id: 'P1', scenario: 'code + PKCE', peer: 'better-auth', least: 10 },
  { id: 'P2', scenario: 'refresh', peer: 'oidc-provider', least: 1.8 },
  { id: 'P2', scenario: 'refresh', peer: 'better-auth', least: 9 },
  { id: 'P3', scenario: 'client_credentials', peer: 'oidc-provider', least: 1.4 },
  { id: 'P4', scenario: 'userinfo', peer: 'oidc-provider', least: 4 },
  { id: 'P4', scenario: 'introspection', peer: 'oidc-provider', least: 4 },
  { id: 'P5', scenario: 'JWKS', peer: 'floor', least: 0.9 },
  // A prerendered answer with the headers, the request id and the log line of every other.
  { id: 'P9', scenario: 'JWKS', peer: 'floor', least: 0.75 },
];

const MOST_CPU_OF_PEER = 0.6;
const MOST_MEMORY = 80;

export function goalRows(measured: Measured): string[][] {
  const ratios = goals
    .filter(({ peer }) => measured.columns.includes(peer))
    .map(({ id, scenario, peer, least }) => {
      const ratio = ratioOf(measured, { scenario, peer, of: 'rates' });
      return [`${id} ${scenario}`, `${least} × ${peer}`, `${ratio.toFixed(2)} ×`, word(ratio >= least)];
    });
  const cost = ratioOf(measured, { scenario: 'client_credentials', peer: 'oidc-provider', of: 'costs' });
  const memory = measured.memory[measured.columns.indexOf(OURS)] ?? Number.NaN;
  return [
    ...ratios,
    [
      'P3 client_credentials, processor',
      `at most ${MOST_CPU_OF_PEER} × oidc-provider`,
      `${cost.toFixed(2)} ×`,
      word(cost <= MOST_CPU_OF_PEER),
    ],
    [
      'P10 idle memory',
      `at most ${MOST_MEMORY} MiB`,
      `${memory.toFixed(0)} MiB`,
      word(memory <= MOST_MEMORY),
    ],
  ];
}

interface Ratio {
  readonly scenario: string;
  readonly peer: string;
  readonly of: 'rates' | 'costs';
}

function ratioOf({ columns, results }: Measured, { scenario, peer, of }: Ratio): number {
  const figures = results.find((result) => result.scenario === scenario)?.figures ?? [];
  const medianOf = (name: string) => median(figures[columns.indexOf(name)]?.[of] ?? []);
  return medianOf(OURS) / medianOf(peer);
}

const word = (isReached: boolean): string => (isReached ? 'yes' : 'no');
