import type { Client } from '../../clients/client.ts';
import type { OAuthError } from '../../http/oauth-error.ts';
import { PageError, type WayOn } from '../../http/page-error.ts';
import { errorResponseAddress, type ResponseTarget } from './authorization-response.ts';

/** A refused request, and what is known of the person by then. */
export interface Refusal {
  readonly client: Client;
  readonly target: ResponseTarget;
  /** `prompt=none`: the client asked that nobody be shown a page. */
  readonly isSilent: boolean;
  /** Whether the person has signed in, chosen, answered or cancelled for this very request. */
  readonly isAnswered: boolean;
}

/**
 * Whether the error may go to the client by itself. Strangers register addresses that nobody has checked, and a link to
 * the provider that ends at one of them by a mistake in it lends them the provider's name (RFC 9700 §4.11.2).
 */
export function mayAnswerUnseen({ client, isSilent, isAnswered }: Refusal): boolean {
  return !client.dynamicallyRegistered || isSilent || isAnswered;
}

/** Tells the person of the error in the client's place, and where the answer would go; going there is up to them. */
export function refusalPage(issuer: string, { client, target }: Refusal, error: OAuthError): PageError {
  const place = placeOf(target.redirectUri);
  return new PageError({
    status: 400,
    code: error.code,
    title: 'A site sent a request that can’t be answered',
    // The error's own words may quote the request, and whoever made it must not write on this page.
    reason: `The answer would go to ${place}, an address that the site gave by itself and that nobody here has checked.`,
    clientName: client.name,
    fix: `You did nothing wrong. Go on only if you came from ${place}; else close this page.`,
    wayOn: wayOnOf(issuer, target, place, error),
    cause: error,
  });
}

/** The answer itself, as a link. One that has to be posted can't be one. */
function wayOnOf(issuer: string, target: ResponseTarget, to: string, error: OAuthError): WayOn | undefined {
  if (target.responseMode === 'form_post') return undefined;
  return { href: errorResponseAddress(issuer, target, error), to };
}

/** What people can know an address by: its host, or the scheme of an app (RFC 8252 §7.1). */
function placeOf(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  return host === '' ? protocol.slice(0, -1) : host;
}
