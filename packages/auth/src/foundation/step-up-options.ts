import { authError } from './errors.ts';
import { isMaxAge, MAX_ACR_VALUES_LENGTH, type StepUp } from './step-up.ts';

/**
 * Refuses requirements that nobody can meet, because a person would be sent to the provider and back without end, and
 * `acr_values` that are too long for an address. Called when a guard is created, or before a login's address is built.
 *
 * @throws AuthError `config_invalid`
 */
export function requireValidStepUp({ acrValues, maxAgeSeconds }: StepUp): void {
  const isListed = acrValues === undefined || acrValues.every((value) => /^[\x21-\x7E]+$/.test(value));
  if (!isListed || acrValues?.length === 0)
    throw authError('config_invalid', 'acrValues must list at least one context, each without spaces');
  if ((acrValues ?? []).join(' ').length > MAX_ACR_VALUES_LENGTH)
    throw authError(
      'config_invalid',
      `acrValues must be ${MAX_ACR_VALUES_LENGTH} characters together at the most`,
    );
  if (maxAgeSeconds !== undefined && !isMaxAge(String(maxAgeSeconds)))
    throw authError('config_invalid', 'maxAgeSeconds must be whole seconds, 0 to 99999999');
}
