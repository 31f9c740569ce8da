import { isAuthError, notify, type Observe } from '../foundation/index.ts';
import type { AccessTokenClaims, ReportToken } from '../tokens/index.ts';

/** Reports to the observer what the API decided. */
export interface Reporter {
  /** @param remembered whether the token was found among the verified ones */
  accepted(token: AccessTokenClaims, remembered: boolean): void;
  /** Runs a check; where it throws, reports the error before throwing it again. */
  reportRefusal<T>(check: () => T): T;
  rejected(error: unknown): void;
  /** What was compared, where the observer wants to hear it. */
  readonly checked: ReportToken | undefined;
}

interface ReporterOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly observe?: Observe;
  readonly eventDetails?: boolean;
}

export function createReporter({ issuer, audience, observe, eventDetails }: ReporterOptions): Reporter {
  const rejected = (error: unknown) => {
    if (!observe || !isAuthError(error)) return;
    const { code, message, scope } = error;
    notify(observe, { type: 'bearer.rejected', audience, code, message, permission: scope });
  };
  return {
    accepted({ sub, client_id: clientId, jti, sid }, remembered) {
      if (observe)
        notify(observe, { type: 'bearer.accepted', audience, sub, clientId, jti, sid, remembered });
    },
    checked:
      eventDetails === true
        ? (report) => notify(observe, { type: 'token.checked', issuer, audience, ...report })
        : undefined,
    rejected,
    reportRefusal(check) {
      try {
        return check();
      } catch (error) {
        rejected(error);
        throw error;
      }
    },
  };
}
