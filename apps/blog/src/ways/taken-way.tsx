import { Claims, claimRows, Facts, Notice } from '@sso/ui';
import type { ReactNode } from 'react';
import type { Taken } from './take-way.ts';

interface TakenWayProps {
  readonly title: string;
  readonly taken: Taken;
  /** What to look for in what follows. */
  readonly children: ReactNode;
}

/** The call, the token by its claims, and the answer. */
export function TakenWay({ title, taken, children }: TakenWayProps) {
  const { request, claims, answer } = taken;
  return (
    <section className="taken-way" aria-labelledby="taken">
      <h2 id="taken">{title}</h2>
      <div className="text-soft">{children}</div>
      <h3>The call</h3>
      <pre className="wire">
        {claims === undefined
          ? `${request}\n\nnot sent: there was no token to send`
          : `${request}\nAuthorization: Bearer <the token below>\nAccept: application/json`}
      </pre>
      {claims && (
        <>
          <h3>The token</h3>
          <Claims rows={claimRows('access', claims)} caption="Claims of the token that was sent" />
        </>
      )}
      <h3>The answer</h3>
      <AnswerView answer={answer} />
    </section>
  );
}

function AnswerView({ answer }: Pick<Taken, 'answer'>) {
  if (answer.kind === 'failed') {
    return (
      <Notice tone="bad" title={`No answer: ${answer.code}`}>
        <p>{answer.message}</p>
      </Notice>
    );
  }
  const { status, challenge, contentType, body } = answer;
  const facts = [
    { term: 'Status', value: status },
    ...(challenge === undefined
      ? []
      : [{ term: 'WWW-Authenticate', value: <code className="code">{challenge}</code> }]),
    ...(contentType === undefined ? [] : [{ term: 'Content-Type', value: contentType }]),
  ];
  return (
    <>
      <Facts facts={facts} />
      <pre className="wire">{body}</pre>
    </>
  );
}
