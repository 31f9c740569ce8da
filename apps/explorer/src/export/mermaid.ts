import type { Flow } from '../model/flows.ts';
import { lanes, type Lane, type Message } from '../model/message.ts';
import { laneTitle, type Names, sentenceOf } from '../model/sentences.ts';

/** The flows as a Mermaid sequence diagram (https://mermaid.js.org/syntax/sequenceDiagram.html). */
export function toMermaid(flows: readonly Flow[], names: Names): string {
  const used = new Set<Lane>(flows.flatMap(({ messages }) => messages.flatMap(({ from, to }) => [from, to])));
  const participants = lanes
    .filter((lane) => used.has(lane))
    .map((lane) => `  ${lane === 'browser' ? 'actor' : 'participant'} ${lane} as ${laneTitle(lane)}`);
  const steps = flows.flatMap((flow) => [
    `  Note over ${used.size > 1 ? spanOf(used) : 'browser'}: ${plain(sentenceOf(flow, names))}`,
    ...flow.messages.flatMap(stepLines),
  ]);
  return ['sequenceDiagram', ...participants, ...steps, ''].join('\n');
}

function spanOf(used: ReadonlySet<Lane>): string {
  const list = lanes.filter((lane) => used.has(lane));
  return `${list.at(0) ?? 'browser'},${list.at(-1) ?? 'browser'}`;
}

function stepLines({ from, to, title, hop, failure }: Message): string[] {
  const arrow = failure ? '-x' : '->>';
  const request = `  ${from}${arrow}${to}: ${plain(title)}`;
  const status = failure ? `${hop.status} ${failure.code}` : String(hop.status);
  const where = hop.location === undefined ? '' : ` to ${hop.location.replace(/\?.*$/, '')}`;
  return [request, `  ${to}-->>${from}: ${plain(status + where)}`];
}

/** Characters that would end a line or begin something else. */
function plain(text: string): string {
  return text.replace(/[;#\n]/g, ' ');
}
