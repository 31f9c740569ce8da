import type { ReactNode } from 'react';

export interface PageLink {
  readonly href: string;
  readonly label: string;
}

interface MessagePageProps {
  /** A word above the title, such as `404` or `Signed out`. */
  readonly eyebrow: string;
  readonly title: string;
  readonly children: ReactNode;
  /** Where to go from here; the first one is the main button. */
  readonly actions: readonly PageLink[];
  readonly mark?: ReactNode;
}

/** A page that says one thing: not found, not allowed, failed, signed out. */
export function MessagePage({ eyebrow, title, children, actions, mark }: MessagePageProps) {
  return (
    <div className="page narrow message-page">
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
