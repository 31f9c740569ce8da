'use client';

import { useSession } from '@sso/auth/react';
import { useRouter } from 'next/navigation.js';
import { useEffect, useRef } from 'react';

/**
 * Has the server render the page anew once the tab knows of permissions that were confirmed later than those that it was rendered
 * by: what somebody may do no longer goes away by itself, also where another site's API decided it. What is typed or scrolled
 * stays.
 */
export function FollowPermissions() {
  const router = useRouter();
  const confirmedAt = useSession()?.permissionsConfirmedAt;
  const renderedBy = useRef(confirmedAt);
  useEffect(() => {
    if (renderedBy.current === confirmedAt) return;
    renderedBy.current = confirmedAt;
    router.refresh();
  }, [confirmedAt, router]);
  return null;
}
