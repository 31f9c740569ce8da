import type { ReactNode } from 'react';

export type NoticeTone = 'plain' | 'info' | 'good' | 'bad';

interface NoticeProps {
  readonly tone?: NoticeTone;
  /** One short sentence in bold before the rest. */
  readonly title?: string;
  readonly children?: ReactNode;
}

/** A remark beside the page's content: why something is missing, what just happened. */
export function Notice({ tone = 'plain', title, children }: NoticeProps) {
  return (
    <div className={tone === 'plain' ? 'notice' : `notice ${tone}`}>
      {title !== undefined && (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children}
    </div>
  );
}
