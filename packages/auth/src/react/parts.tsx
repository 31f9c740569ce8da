'use client';

import type { ReactNode } from 'react';
import { useSession } from './session-provider.tsx';

/** Shows its children to people who are signed in. This only hides: guard the page on the server. */
export function SignedIn({ children }: { readonly children: ReactNode }): ReactNode {
  return useSession() ? children : null;
}

/** Shows its children to visitors. */
export function SignedOut({ children }: { readonly children: ReactNode }): ReactNode {
  return useSession() ? null : children;
}

export interface CanProps<P extends string> {
  // NoInfer: otherwise a typo would be inferred as a permission of its own.
  readonly permission: NoInfer<P>;
  readonly children: ReactNode;
  /** What others see in its place. */
  readonly fallback?: ReactNode;
}

/**
 * Shows its children to people with a permission. Without the type argument no permission compiles: give it once, as
 * below, or at each use. This only hides: guard on the server.
 *
 * @example
 * ```tsx
 * export const ShopCan = Can<PermissionOf<typeof access, 'https://shop.example/api'>>;
 * <ShopCan permission="shop:prices.member">…</ShopCan>
 * ```
 */
export function Can<P extends string = never>({
  permission,
  children,
  fallback = null,
}: CanProps<P>): ReactNode {
  return useSession()?.permissions.includes(permission) ? children : fallback;
}
