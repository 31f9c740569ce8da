import { type Permission, rolesWith } from '@sso/domains';

interface MissingPermissionProps {
  readonly permission: Permission;
}

const list = new Intl.ListFormat('en', { type: 'disjunction' });

/** What is missing, how one gets it, and when it counts: for pages that have to say no. */
export function MissingPermission({ permission }: MissingPermissionProps) {
  const roles = rolesWith(permission);
  return (
    <>
      <p>
        You are signed in, and that part worked. What is missing is the permission{' '}
        <code className="code">{permission}</code>: it comes with the role <em>{list.format(roles)}</em>,
        which whoever runs the provider can give you.
      </p>
      <p>Once you have it, it counts here within ten minutes, or at once if you sign out and in again.</p>
    </>
  );
}
