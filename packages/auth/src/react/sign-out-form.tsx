import type { FormHTMLAttributes, ReactNode } from 'react';
import { pagePaths } from '../wire/index.ts';

export interface SignOutFormProps extends Omit<FormHTMLAttributes<HTMLFormElement>, 'action' | 'method'> {
  /** Set it for a site with a base path. */
  readonly logoutPath?: string;
}

/**
 * A form that signs out by a document navigation (POST, then 303). It works without script and empties the router's cache,
 * and neither a prefetch nor an image of another site can send it. Its children are the submit button; default: a plain one.
 */
export function SignOutForm({
  logoutPath = pagePaths.logout,
  children,
  ...attributes
}: SignOutFormProps): ReactNode {
  return (
    <form {...attributes} method="post" action={logoutPath}>
      {children ?? <button type="submit">Sign out</button>}
    </form>
  );
}
