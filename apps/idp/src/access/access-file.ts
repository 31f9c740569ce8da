import { type AccessContract, defineAccess } from '@sso/auth/access';
import { z } from 'zod';
import { nameSchema } from '../foundation/names.ts';

const schema = z.object({
  audiences: z.record(
    z.string(),
    z.object({
      title: nameSchema,
      permissions: z.record(z.string(), z.string()),
      alg: z.enum(['ES256', 'RS256', 'EdDSA']).optional(),
    }),
  ),
  roles: z.record(z.string(), z.array(z.string())),
});

/** No audiences, no roles: a provider that only says who somebody is. */
export const emptyAccess: AccessContract = { audiences: {}, roles: {} };

/**
 * Checks the content of `ACCESS_FILE`: the JSON of what `defineAccess()` of packages/auth gives.
 *
 * @throws Error that lists what is wrong.
 */
export function parseAccess(content: unknown): AccessContract {
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n'),
    );
  }
  // The same rules as at the apps: unique permissions, and roles that name known ones only.
  return Reflect.apply(defineAccess<AccessContract['audiences'], string>, undefined, [parsed.data]);
}
