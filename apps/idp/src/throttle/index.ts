export type { Attempt, BudgetName } from './budgets.ts';
export { type ClientThrottle, createClientThrottle } from './client-throttle.ts';
export { DEFAULT_LIMITS, MAX_ATTEMPTS, type ThrottleLimits } from './limits.ts';
export { networkOf } from './network.ts';
export { createThrottle, type FailedAttempt, type Throttle } from './throttle.ts';
