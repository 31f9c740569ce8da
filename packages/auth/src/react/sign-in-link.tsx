'use client';

import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { authPaths } from '../wire/index.ts';

export interface SignInLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** The path to come back to, base path included. Default: the page the link stands on. */
  readonly returnTo?: string;
  /** Set it for a site with a base path. */
  readonly loginPath?: string;
}

/** A plain link, never the router's: that one would prefetch it and start logins nobody asked for (pain 10). */
export function SignInLink({ returnTo, loginPath = authPaths.login, ...rest }: SignInLinkProps): ReactNode {
  const { children = 'Sign in', onClick, ...attributes } = rest;
  const aim = (event: MouseEvent<HTMLAnchorElement>) => {
    if (returnTo === undefined) event.currentTarget.href = loginHref(loginPath, hereOf(window.location));
    onClick?.(event);
  };
  return (
    <a {...attributes} href={loginHref(loginPath, returnTo)} onClick={aim}>
      {children}
    </a>
  );
}

const hereOf = ({ pathname, search, hash }: Location) => pathname + search + hash;

const loginHref = (loginPath: string, returnTo: string | undefined) =>
  returnTo === undefined ? loginPath : `${loginPath}?return_to=${encodeURIComponent(returnTo)}`;
