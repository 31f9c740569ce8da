import type { Profile } from '../store/index.ts';

/** What to call somebody on a page. */
export function displayNameOf({ claims, username }: Pick<Profile, 'claims' | 'username'>): string {
  const { name } = claims;
  return typeof name === 'string' && name !== '' ? name : username;
}
