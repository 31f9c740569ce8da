import type { DemoPerson } from '@sso/dev';

/** Somebody whom one story signs out everywhere; nobody else's story depends on them. */
export const leaver: DemoPerson = {
  username: 'leaver',
  password: 'the last train to the coast',
  roles: ['reader'],
  name: 'Lea Verhoeven',
  given_name: 'Lea',
  family_name: 'Verhoeven',
  email: 'lea@example.com',
  email_verified: true,
};
