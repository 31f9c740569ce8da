/** What is wrong with one part of a request (RFC 9457 §3, RFC 6901 for `pointer`). */
export interface ProblemPart {
  readonly detail: string;
  /** Where in the JSON body: `#/lines/0/quantity`. */
  readonly pointer?: string;
  /** A parameter of the address. */
  readonly parameter?: string;
  readonly header?: string;
}

/** Why a request was refused or can't be answered now, as `application/problem+json` (RFC 9457) says it. */
export interface Problem {
  readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422 | 503;
  /** A name for programs, such as `sold_out`. */
  readonly error: string;
  /** One sentence for people: what is wrong, and what would help. */
  readonly detail: string;
  readonly errors?: readonly ProblemPart[];
}

/** A request that can't be answered as it is. `answerProblems` turns it into its answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The status in words, which is the title of a problem whose `type` is `about:blank` (RFC 9457 §4.2.1). */
const TITLES: Readonly<Record<Problem['status'], string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  503: 'Service Unavailable',
};

/** When a client may try again, in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** A problem as the answer of an API, never cached. A 503 says when to try again. */
function problemResponse(problem: Problem): Response {
  const { status } = problem;
  const body = { type: 'about:blank', title: TITLES[status], ...problem };
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'private, no-store',
  });
  if (status === 503) headers.set('retry-after', String(RETRY_AFTER_SECONDS));
  return new Response(JSON.stringify(body), { status, headers });
}

/** Wraps a handler whose refusals are thrown as {@link ProblemError}. Everything else it throws goes on. */
export function answerProblems<Args extends unknown[]>(
  handle: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await handle(...args);
    } catch (error) {
      if (error instanceof ProblemError) return problemResponse(error.problem);
      throw error;
    }
  };
}
