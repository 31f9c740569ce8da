import type { DraftText } from '../posts/draft-text.ts';

interface DraftFieldProps {
  readonly name: keyof DraftText;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly maxLength: number;
  readonly error: string | undefined;
}

/** A field of a draft, with what is wrong with it. The text has several lines, the others have one. */
export function DraftField({ name, label, hint, value, maxLength, error }: DraftFieldProps) {
  const described = { id: name, name, required: true, maxLength, defaultValue: value };
  const aria = {
    'aria-describedby': error === undefined ? `${name}-hint` : `${name}-error ${name}-hint`,
    'aria-invalid': error !== undefined,
  };
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {name === 'body' ? (
        <textarea {...described} {...aria} rows={18} spellCheck className="draft-text" />
      ) : (
        <input {...described} {...aria} autoComplete="on" />
      )}
      {error !== undefined && (
        <p className="field-error" id={`${name}-error`}>
          {label} {error}.
        </p>
      )}
      <small id={`${name}-hint`}>{hint}</small>
    </div>
  );
}
