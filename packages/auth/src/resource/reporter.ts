import { isAuthError, notify, type Observe } from '../foundation/index.ts';
import type { AccessTokenClaims, ReportToken } from '../tokens/index.ts';

/** Reports to the observer what the API decided. */
export interface Reporter {
  /** @param remembered whether the token was found among the verified ones */
  accepted(token: AccessTokenClaims, remembered: boolean): void;
  /** Runs a check; where it throws, reports the error before throwing it again. */
  reportRefusal<T>(token: AccessTokenClaims, check: () => T): T;
  /** @param token where it was verified before something else was refused */
  rejected(error: unknown, token?: AccessTokenClaims): void;
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
  const rejected = (error: unknown, token?: AccessTokenClaims) => {
    if (!observe || !isAuthError(error)) return;
    const { code, message, scope } = error;
    const jkt = token?.cnf?.jkt;
    notify(observe, { type: 'bearer.rejected', audience, code, message, permission: scope, ...bound(jkt) });
  };
  return {
    accepted({ sub, client_id: clientId, jti, sid, cnf, act }, remembered) {
      if (!observe) return;
      const who = { sub, clientId, jti, sid, ...(act && { actor: act.sub }) };
      const fields = { audience, ...who, ...bound(cnf?.jkt), remembered };
      notify(observe, { type: 'bearer.accepted', ...fields });
    },
    checked:
      eventDetails === true
        ? (report) => notify(observe, { type: 'token.checked', issuer, audience, ...report })
        : undefined,
    rejected,
    reportRefusal(token, check) {
      try {
        return check();
      } catch (error) {
        rejected(error, token);
        throw error;
      }
    },
  };
}

/** Only a bound token's event names its key. */
const bound = (jkt: string | undefined) => (jkt === undefined ? {} : { jkt });
