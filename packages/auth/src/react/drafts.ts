/** Whose session something was typed in. */
export interface Typist {
  readonly sub: string;
  /** The end of the session, which tells it from the person's next one. */
  readonly endsAt: number;
}

/** Text that somebody typed into a form and that no server has yet. */
interface Draft extends Typist {
  /** Seconds since the epoch. */
  readonly keptAt: number;
  /** The fields in the order of the form: name, and text or tick. */
  readonly fields: readonly DraftField[];
}

export type DraftField = readonly [name: string, value: string | boolean];

/** Long enough to sign in again, and short for whoever comes to this computer next. */
const KEPT_SECONDS = 600;
const PREFIX = '@sso/draft ';

/** This tab's own; `undefined` in a browser that was told to let sites store nothing. */
function storage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

export function keepDraft(key: string, { sub, endsAt }: Typist, fields: readonly DraftField[]): void {
  const draft: Draft = { sub, endsAt, keptAt: nowSeconds(), fields };
  try {
    storage()?.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    dropDraft(key); // the storage is full, and an older text would come back in the place of this one
  }
}

export function dropDraft(key: string): void {
  storage()?.removeItem(PREFIX + key);
}

/** Takes out what this person typed in an earlier session. What they typed in this one needs no bringing back. */
export function takeDraft(key: string, { sub, endsAt }: Typist): readonly DraftField[] | undefined {
  sweepDrafts(sub);
  const draft = readDraft(PREFIX + key);
  dropDraft(key);
  return draft?.endsAt === endsAt ? undefined : draft?.fields;
}

/** Removes what is too old or somebody else's; while nobody is signed in, the next session decides whose it is. */
export function sweepDrafts(sub: string | undefined): void {
  dropWhere((draft) => {
    const isFresh = draft && Math.abs(nowSeconds() - draft.keptAt) < KEPT_SECONDS;
    return !isFresh || (sub !== undefined && draft.sub !== sub);
  });
}

export function dropAllDrafts(): void {
  dropWhere(() => true);
}

function dropWhere(isOver: (draft: Draft | undefined) => boolean): void {
  for (const key of Object.keys(storage() ?? {}))
    if (key.startsWith(PREFIX) && isOver(readDraft(key))) storage()?.removeItem(key);
}

/** `undefined` for what is no draft: any script of the site can write into its storage. */
function readDraft(key: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(storage()?.getItem(key) ?? 'null');
    return isDraft(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keptAt' in value &&
    typeof value.keptAt === 'number' &&
    'fields' in value &&
    Array.isArray(value.fields) &&
    value.fields.every(Array.isArray)
  );
}
