import { findNameProblem } from '../foundation/names.ts';
import type { Profile } from '../store/index.ts';

/** What to call somebody on a page. Earlier releases stored names that can't be shown. */
export function displayNameOf({ claims, username }: Pick<Profile, 'claims' | 'username'>): string {
  const { name } = claims;
  return typeof name === 'string' && findNameProblem(name) === undefined ? name : username;
}
