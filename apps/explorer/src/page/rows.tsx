import { type KeyboardEvent, memo } from 'react';
import type { Flow } from '../model/flows.ts';
import { lanes, type Message } from '../model/message.ts';
import { laneTitle, type Names, sentenceOf } from '../model/sentences.ts';

interface FlowRowProps {
  readonly flow: Flow;
  readonly names: Names;
}

export function FlowRow({ flow, names }: FlowRowProps) {
  return (
    <h2 className="flow-row" data-outcome={flow.outcome}>
      {sentenceOf(flow, names)}
    </h2>
  );
}

interface MessageRowProps {
  readonly message: Message;
  readonly index: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onSelect: (id: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One arrow. A press opens what is in it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, index, isActive, isSelected, onSelect, onKeyDown } = props;
  const { title, from, to, hop, failure } = message;
  return (
    <button
      type="button"
      className="message-row"
      data-index={index}
      data-failed={failure !== undefined}
      tabIndex={isActive ? 0 : -1}
      aria-pressed={isSelected}
      onClick={() => onSelect(message.id)}
      onKeyDown={onKeyDown}
    >
      <Arrow message={message} />
      <span className="message-text" style={textPlace(message)}>
        <span className="message-ends">
          {laneTitle(from)} to {laneTitle(to)}:
        </span>{' '}
        <span className="message-title">{title}</span>{' '}
        <span className="message-status">
          {hop.status}
          {failure !== undefined && ` · refused: ${failure.code}`}
        </span>
      </span>
    </button>
  );
});

const centre = (lane: Message['from']) => ((lanes.indexOf(lane) + 0.5) / lanes.length) * 100;

function Arrow({ message: { from, to } }: { readonly message: Message }) {
  const [start, end] = [centre(from), centre(to)];
  const place = { left: `${Math.min(start, end)}%`, width: `${Math.abs(end - start)}%` };
  return (
    <span className="arrow" data-to={to} data-direction={end >= start ? 'right' : 'left'} style={place} />
  );
}

/** The words stand above their arrow; those of a short one take more room. */
function textPlace({ from, to }: Message) {
  const [start, end] = [centre(from), centre(to)];
  const left = Math.min(start, end);
  return left > 50 ? { right: `${100 - Math.max(start, end)}%` } : { left: `${left}%` };
}
