export type { Attempt, BudgetName } from './budgets.ts';
export { DEFAULT_LIMITS, MAX_TRIES, type ThrottleLimits } from './limits.ts';
export { networkOf } from './network.ts';
export { createThrottle, type Refused, type Throttle } from './throttle.ts';
