'use client';

import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { pagePaths, loginHref } from '../wire/index.ts';

export interface SignInLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** The path to come back to, base path included. Default: the page the link stands on. */
  readonly returnTo?: string;
  /** Set it for a site with a base path. */
  readonly loginPath?: string;
}

/** A plain link. The router's link would prefetch it, which would start a login that nobody asked for (pain 10). */
export function SignInLink({ returnTo, loginPath = pagePaths.login, ...rest }: SignInLinkProps): ReactNode {
  const { children = 'Sign in', onClick, ...attributes } = rest;
  const addReturnTo = (event: MouseEvent<HTMLAnchorElement>) => {
    if (returnTo === undefined) event.currentTarget.href = loginHref(pathOf(window.location), loginPath);
    onClick?.(event);
  };
  return (
    <a {...attributes} href={loginHref(returnTo, loginPath)} onClick={addReturnTo}>
      {children}
    </a>
  );
}

const pathOf = ({ pathname, search, hash }: Location) => pathname + search + hash;
