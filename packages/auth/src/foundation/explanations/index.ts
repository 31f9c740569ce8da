import type { AuthErrorCode } from '../errors.ts';
import { apiErrors } from './apis.ts';
import { configurationErrors } from './configuration.ts';
import type { ErrorChapter, ErrorExplanation } from './error-explanation.ts';
import { providerErrors } from './provider.ts';
import { sessionErrors } from './sessions.ts';
import { signingInErrors } from './signing-in.ts';
import { tokenErrors } from './tokens.ts';

export type { ErrorExplanation } from './error-explanation.ts';

/** The explanations in the order and under the titles of docs/errors.md. */
export const errorChapters: Readonly<Record<string, ErrorChapter<string>>> = {
  Tokens: tokenErrors,
  'The provider': providerErrors,
  'Signing in': signingInErrors,
  Sessions: sessionErrors,
  APIs: apiErrors,
  Configuration: configurationErrors,
};

/**
 * Cause and fix of every error code, for an error page or a support tool of one's own.
 *
 * @example
 * ```ts
 * const { cause, fix } = errorExplanations[error.code];
 * ```
 */
export const errorExplanations: Readonly<Record<AuthErrorCode, ErrorExplanation>> = {
  ...tokenErrors,
  ...providerErrors,
  ...signingInErrors,
  ...sessionErrors,
  ...apiErrors,
  ...configurationErrors,
};
