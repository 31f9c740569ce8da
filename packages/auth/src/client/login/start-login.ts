import { sha256Base64url } from '../../crypto/index.ts';
import type { StepUp } from '../../foundation/index.ts';
import { type CookieChange, createTransaction } from '../../session/index.ts';
import { seeOther } from '../http/responses.ts';
import type { Site } from '../site.ts';
import { createAuthorizationUrl, type Prompt } from './authorization-request.ts';
import { addTransactionCookie } from './transaction-cookies.ts';

export interface LoginOptions {
  /** A path of this site. */
  readonly returnTo: string;
  readonly prompt?: Prompt | undefined;
  readonly extraParameters?: Readonly<Record<string, string>>;
  /** What the response has to prove; checked at the callback. */
  readonly stepUp?: StepUp;
  /** Begun in the place of a login whose code was replaced. Default false. */
  readonly isSecond?: boolean;
  /** Cookies to change along the way. */
  readonly cookies?: readonly CookieChange[];
}

/** Begins a transaction and redirects to the authorization endpoint. @throws AuthError */
export async function startLogin(site: Site, request: Request, options: LoginOptions): Promise<Response> {
  // A browser that is sent to a provider which is down shows an error page of its own, without a way on (F-02).
  const { metadata } = await site.provider.requireReachable();
  const silent = options.prompt === 'none';
  const { stepUp, isSecond } = options;
  const transaction = createTransaction(silent ? 'silent' : 'login', site.clock(), {
    ...stepUp,
    ...(isSecond && { isSecond }),
  });
  const { href, state } = await createAuthorizationUrl(site, metadata, { transaction, ...options });
  const cookies = await addTransactionCookie(site, request, transaction);
  site.observe({ type: 'login.started', ...site.names, stateHash: await sha256Base64url(state), silent });
  return seeOther(href, [...(options.cookies ?? []), ...cookies]);
}
