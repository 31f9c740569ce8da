import type { ErrorChapter } from './error-explanation.ts';

type ConfigurationErrorCode = 'config_invalid';

export const configurationErrors: ErrorChapter<ConfigurationErrorCode> = {
  config_invalid: {
    cause:
      "An option can't be right: http beyond this machine, a key that is not 32 bytes, a signing key that is broken, a symmetric algorithm, an audience that the access contract does not define, a guard that every token passes, or none can.",
    fix: 'The message names the option and what it wants. It is thrown when the thing is created, so it stops a start and not a request.',
  },
};
