export { createFailurePage } from './failure-page.ts';
export { healthz } from './healthz.ts';
export { type PolicyOptions, withContentSecurityPolicy } from './proxy.ts';
export { answerProblems, type Problem, ProblemError, type ProblemPart, problemResponse } from './problem.ts';
export { readJsonBody, readParameters } from './read-input.ts';
