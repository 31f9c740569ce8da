import { type AuthErrorCode, type AuthError, type StepUp, stepUpParameters } from '../../foundation/index.ts';
import { authPaths, loginHref } from '../../wire/index.ts';

/** A failed login, in words for the person who tried. Nothing in it came from the request or the provider. */
export interface Failure {
  readonly code: AuthErrorCode;
  /** HTTP status: 4xx, or 503 while the provider is down. */
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
  /** Starts the login again and leads to the page the person wanted. */
  readonly retryHref: string;
  /** Back to this site without signing in. */
  readonly homeHref: string;
}

interface Words {
  readonly status: number;
  readonly title: string;
  readonly explanation: string;
}

const expired: Words = {
  status: 400,
  title: 'This sign-in took too long',
  explanation:
    'For your safety a sign-in can be finished for a few minutes only. Start again, it takes a moment.',
};

const unmatched: Words = {
  status: 400,
  title: 'This sign-in could not be matched',
  explanation:
    'It was started in another browser, has been used already, or this browser keeps no cookies. Nothing happened; you can start again.',
};

const otherProvider: Words = {
  status: 400,
  title: 'This link is for another sign-in service',
  explanation:
    'It asks for a sign-in that this site does not use, so nothing was begun. You can sign in here the usual way.',
};

const cancelled: Words = {
  status: 403,
  title: 'You are not signed in',
  explanation: 'The sign-in was cancelled or not allowed. You can try again, or go on without signing in.',
};

const unavailable: Words = {
  status: 503,
  title: 'Signing in is not possible right now',
  explanation: 'A service that signing in needs does not answer. Please try again in a moment.',
};

const unverified: Words = {
  status: 400,
  title: 'You could not be signed in',
  explanation:
    'The answer of the sign-in service could not be verified, so it was not used. You can start again.',
};

const insufficient: Words = {
  status: 403,
  title: 'This page needs a fresh sign-in',
  explanation:
    'For your safety this page asks you to prove anew who you are, and the sign-in service did not. You can start again.',
};

const tooLarge: Words = {
  status: 400,
  title: 'This site could not keep your sign-in',
  explanation:
    'You did everything right: what the sign-in service tells about you is more than this site can remember. Only the people who run it can mend that; give them the reference below.',
};

const notKept: Words = {
  status: 400,
  title: 'Your sign-in did not stick',
  explanation:
    'You were signed in a moment ago, and your browser did not bring that back here. Are cookies blocked for this site? Wait a few seconds, then start again.',
};

const words: Partial<Record<AuthErrorCode, Words>> = {
  login_issuer: otherProvider,
  login_expired: expired,
  callback_state: unmatched,
  callback_code: unmatched,
  callback_error: cancelled,
  login_too_old: insufficient,
  login_too_weak: insufficient,
  session_too_large: tooLarge,
  session_not_kept: notKept,
  csrf: {
    ...unmatched,
    status: 403,
    title: 'That request came from somewhere else',
    explanation: 'It was not made by a page of this site, so nothing was changed.',
  },
};

/** What a person is told about an error, with its status and links. @param returnTo a path of this site. */
export function toFailure(site: { readonly basePath: string }, error: AuthError, returnTo: string): Failure {
  const found = error.transient ? unavailable : (words[error.code] ?? unverified);
  return {
    code: error.code,
    ...found,
    retryHref: siteLoginHref(site, returnTo),
    homeHref: `${site.basePath}/`,
  };
}

/** The site's own login address for a page. It contains no secret, so a cache may keep it. */
export function siteLoginHref(
  site: { readonly basePath: string },
  returnTo: string,
  stepUp: StepUp = {},
): string {
  const href = loginHref(returnTo, site.basePath + authPaths.login);
  const parameters = Object.entries(stepUpParameters(stepUp));
  return [href, ...parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)].join('&');
}
