/** What one look at the machine found. */
export interface Finding {
  readonly title: string;
  /** 'broken' keeps the sites from running; 'hint' is worth knowing. */
  readonly state: 'fine' | 'hint' | 'broken';
  readonly detail: string;
  /** The one thing to do about it; none when it is fine. */
  readonly fix?: string;
}

export const fine = (title: string, detail: string): Finding => ({ title, state: 'fine', detail });

export const hint = (title: string, detail: string, fix: string): Finding => ({
  title,
  state: 'hint',
  detail,
  fix,
});

export const broken = (title: string, detail: string, fix: string): Finding => ({
  title,
  state: 'broken',
  detail,
  fix,
});
