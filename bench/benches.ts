import type { Bench } from './bench.ts';
import { api } from './api/api.ts';
import { auth } from './auth/auth.ts';
import { bearer } from './bearer/bearer.ts';
import { dpop } from './dpop/dpop.ts';
import { explorer } from './explorer/explorer.ts';
import { idp } from './idp/idp.ts';
import { logout } from './logout/logout.ts';
import { now } from './now/now.ts';
import { tabs } from './tabs/tabs.ts';

/** Every benchmark, in the order of the README. */
export const benches: readonly Bench[] = [idp, auth, api, tabs, bearer, dpop, logout, now, explorer];
