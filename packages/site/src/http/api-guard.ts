import type { ResourceServer } from '@sso/auth/resource';
import { findOutageCode } from '@sso/sqlite';
import { answerProblems, ProblemError } from './problem.ts';

/** What an API tells its log: that its database could not be worked with, and SQLite's code of why. */
export interface ApiEvent {
  readonly type: 'database.unavailable';
  readonly code: string;
}

export type ObserveApi = (event: ApiEvent) => void;

/**
 * `resource.guard` for all handlers of an API, which may throw what becomes their answer: a {@link ProblemError}, an
 * `AuthError` about the token with its challenge, and the error of a database that is locked or away, which is 503 with
 * `Retry-After`. Everything else that a handler throws goes on.
 */
export function createApiGuard<P extends string, A extends string>(
  resource: ResourceServer<P, A>,
  observe: ObserveApi,
): ResourceServer<P, A>['guard'] {
  return (handle, requirement) => {
    const answer = answerProblems(withOutages(handle, observe));
    return resource.guard(
      (...args) => answer(...args).catch((error: unknown) => resource.challenge(error, args[0])),
      requirement,
    );
  };
}

function withOutages<Args extends unknown[]>(
  handle: (...args: Args) => Response | Promise<Response>,
  observe: ObserveApi,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await handle(...args);
    } catch (error) {
      const code = findOutageCode(error);
      if (code === undefined) throw error;
      observe({ type: 'database.unavailable', code });
      const detail = "The database can't be used right now: send the same request again after Retry-After.";
      throw new ProblemError({ status: 503, error: 'temporarily_unavailable', detail });
    }
  };
}
