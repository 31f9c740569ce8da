import type { ReactNode } from 'react';
import { MessagePage } from './message-page.tsx';

interface SignedOutProps {
  readonly siteTitle: string;
  readonly otherTitle: string;
  readonly otherHref: string;
  readonly providerTitle: string;
  /** Where the provider shows which sites have been told. */
  readonly toldHref: string;
  readonly signInHref: string;
  /** Whether the provider could not be told: its sign-on session lives until this browser opens a page of the site again. */
  readonly isPostponed?: boolean;
  readonly mark?: ReactNode;
}

/** What ended with the sign-out, who hears of it, and where to go from here. */
export function SignedOut({
  siteTitle,
  otherTitle,
  otherHref,
  providerTitle,
  toldHref,
  signInHref,
  isPostponed = false,
  mark,
}: SignedOutProps) {
  return (
    <MessagePage
      eyebrow="Signed out"
      title="You are signed out"
      mark={mark}
      actions={[
        { href: signInHref, label: 'Sign in again' },
        { href: '/', label: `Back to ${siteTitle}` },
        { href: otherHref, label: `On to ${otherTitle}` },
      ]}
    >
      {isPostponed ? (
        <p>
          Your session at {siteTitle} is gone. {providerTitle} does not answer right now, so your sign-on
          session there still lives, and {otherTitle} may still greet you. It ends when this browser next
          opens a page of {siteTitle} and {providerTitle} is back. Until then close this browser if others use
          it too.
        </p>
      ) : (
        <>
          <p>
            Your session at {siteTitle} is gone, and so is your sign-on session at {providerTitle}: signing in
            again anywhere asks for your passphrase.
          </p>
          <p>
            {providerTitle} tells {otherTitle} and every other site you used with it, and tells them again
            until each has heard. <a href={toldHref}>See which have been told</a>.
          </p>
        </>
      )}
    </MessagePage>
  );
}
