'use client';

import { useSession } from '@sso/auth/react';
import { useRouter } from 'next/navigation.js';
import { useEffect, useRef } from 'react';

/**
 * Has the server render the page anew once the permissions that the tab knows of have changed: what somebody may do no longer goes
 * away by itself, wherever the server decided to show it. What is typed or scrolled stays.
 */
export function FollowPermissions() {
  const router = useRouter();
  const permissions = useSession()?.permissions.join(' ');
  const rendered = useRef(permissions);
  useEffect(() => {
    if (rendered.current === permissions) return;
    rendered.current = permissions;
    router.refresh();
  }, [permissions, router]);
  return null;
}
