'use client';

import type { ReactNode } from 'react';
import { useSession } from './session-provider.tsx';

/** Shows its children to people who are signed in. Hides, doesn't protect: guard the page on the server. */
export function SignedIn({ children }: { readonly children: ReactNode }): ReactNode {
  return useSession() ? children : null;
}

/** Shows its children to visitors. */
export function SignedOut({ children }: { readonly children: ReactNode }): ReactNode {
  return useSession() ? null : children;
}

export interface CanProps<P extends string> {
  readonly permission: P;
  readonly children: ReactNode;
  /** What others see in its place. */
  readonly fallback?: ReactNode;
}

/** Shows its children to people with a permission: `<Can<ShopPermission> permission="shop:prices.member">`. */
export function Can<P extends string = string>({
  permission,
  children,
  fallback = null,
}: CanProps<P>): ReactNode {
  return useSession()?.permissions.includes(permission) ? children : fallback;
}
