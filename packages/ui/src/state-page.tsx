import type { ReactNode } from 'react';

export interface StateAction {
  readonly href: string;
  readonly label: string;
}

interface StatePageProps {
  /** A word above the title, such as `404` or `Signed out`. */
  readonly eyebrow: string;
  readonly title: string;
  readonly children: ReactNode;
  /** The ways on, the first one as the main button: no page is a dead end. */
  readonly actions: readonly StateAction[];
  readonly mark?: ReactNode;
}

/** One clear page for a state: not found, not allowed, gone wrong, signed out. */
export function StatePage({ eyebrow, title, children, actions, mark }: StatePageProps) {
  return (
    <div className="page narrow state-page">
      {mark}
      <p className="eyebrow">{eyebrow}</p>
      <h1>{title}</h1>
      <div className="stack">{children}</div>
      <div className="row">
        {actions.map(({ href, label }, index) => (
          <a key={href} className={index === 0 ? 'button' : 'button quiet'} href={href}>
            {label}
          </a>
        ))}
      </div>
    </div>
  );
}
