/** What is wrong with one part of a request (RFC 9457 §3, RFC 6901 for `pointer`). */
export interface ProblemPart {
  readonly detail: string;
  /** Where in the JSON body: `#/lines/0/quantity`. */
  readonly pointer?: string;
  /** A parameter of the address. */
  readonly parameter?: string;
  readonly header?: string;
}

/** Why a request was refused, as `application/problem+json` (RFC 9457) says it. */
export interface Problem {
  readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 422;
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
};

/** A problem as the answer of an API, never cached. */
export function problemResponse(problem: Problem): Response {
  const { status } = problem;
  const body = { type: 'about:blank', title: TITLES[status], ...problem };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'private, no-store' },
  });
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
