'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

interface SubmitButtonProps {
  readonly children: ReactNode;
  /** What it says while the form is on its way. */
  readonly pending: string;
  readonly className?: string;
  readonly name?: string;
  readonly value?: string;
}

/** A form's button. While the form is on its way it says so and takes no second press; without script it is a plain one. */
export function SubmitButton({ children, pending, className = 'button', ...rest }: SubmitButtonProps) {
  const isPending = useFormStatus().pending;
  return (
    <button
      {...rest}
      type="submit"
      className={className}
      // Not `disabled`: whoever works with the keyboard would lose their place.
      aria-disabled={isPending}
      onClick={isPending ? (event) => event.preventDefault() : undefined}
    >
      {isPending ? pending : children}
    </button>
  );
}
