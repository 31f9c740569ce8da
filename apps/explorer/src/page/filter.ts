import type { Flow } from '../model/flows.ts';
import type { Kind, Message } from '../model/message.ts';
import type { SiteName } from '../records/record.ts';

/** What is shown; an empty member shows everything. */
export interface Filter {
  readonly sub: string | undefined;
  readonly site: SiteName | undefined;
  readonly kind: Kind | undefined;
}

export const noFilter: Filter = { sub: undefined, site: undefined, kind: undefined };

/** A line of the list: the sentence of a flow, or one of its steps. */
export type Row =
  | { readonly type: 'flow'; readonly flow: Flow }
  | { readonly type: 'message'; readonly message: Message; readonly flow: Flow };

/** The lines of the list. A person's flow is shown whole, since its first steps know nobody yet. */
export function rowsOf(flows: readonly Flow[], { sub, site, kind }: Filter): readonly Row[] {
  const isShown = (message: Message) =>
    (site === undefined || message.to === site || message.from === site) &&
    (kind === undefined || message.kind === kind);
  return flows.flatMap((flow): readonly Row[] => {
    if (sub !== undefined && flow.sub !== sub) return [];
    const messages = flow.messages.filter(isShown);
    if (messages.length === 0) return [];
    return [{ type: 'flow', flow }, ...messages.map((message): Row => ({ type: 'message', message, flow }))];
  });
}
