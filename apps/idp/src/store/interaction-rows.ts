import type { InteractionRequest } from './requests.ts';
import { jsonColumn } from './columns.ts';
import { STAGES } from './interaction-stages.ts';
import type { InteractionsTable } from './schema.ts';

const requestColumn = jsonColumn<InteractionRequest>();

/** A request that waits for a person, and what the person has done so far. */
export interface Interaction {
  readonly id: string;
  /** SHA-256 of the cookie of the browser it belongs to; undefined until one has opened it. */
  readonly browserHash: string | undefined;
  readonly request: InteractionRequest;
  /** The session that a sign-in opened while answering this request. */
  readonly sessionId: string | undefined;
  /** The session that the person chose to go on with. */
  readonly chosenSessionId: string | undefined;
  /** The person who answered the consent page of this request. */
  readonly consentedSub: string | undefined;
  /** When it was answered first; undefined while it waits. */
  readonly finishedAt: number | undefined;
  /** The grant that it ended in; undefined where it ended without one. */
  readonly grantId: string | undefined;
  readonly expiresAt: number;
  /** Which requests it shares a bound with; undefined for one that an earlier release stored. */
  readonly budget: string | undefined;
  readonly isOpened: boolean;
}

/** An interaction as it begins. */
export interface NewInteraction extends Pick<Interaction, 'id' | 'browserHash' | 'request' | 'expiresAt'> {
  readonly budget: string;
  /** Puts those of one budget in the order in which they came. */
  readonly arrival: number;
}

/** How many bytes the request of an interaction takes up. */
export function storedBytesOf(request: InteractionRequest): number {
  return Buffer.byteLength(requestColumn.write(request));
}

export function toRow(interaction: NewInteraction): InteractionsTable {
  return {
    id: interaction.id,
    browser_hash: interaction.browserHash ?? null,
    pending: requestColumn.write(interaction.request),
    sid: null,
    chosen_sid: null,
    consented_sub: null,
    finished_at: null,
    grant_id: null,
    expires_at: interaction.expiresAt,
    budget: interaction.budget,
    stage: STAGES.unopened,
    arrival: interaction.arrival,
  };
}

export function toInteraction(row: InteractionsTable): Interaction {
  return {
    id: row.id,
    browserHash: row.browser_hash ?? undefined,
    request: requestColumn.read(row.pending),
    sessionId: row.sid ?? undefined,
    chosenSessionId: row.chosen_sid ?? undefined,
    consentedSub: row.consented_sub ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    grantId: row.grant_id ?? undefined,
    expiresAt: row.expires_at,
    budget: row.budget ?? undefined,
    isOpened: row.stage !== STAGES.unopened,
  };
}
