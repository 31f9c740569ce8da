import { type AuthError, isAuthError, noteChecks, type ReportChecks } from '../../foundation/index.ts';
import type { ProviderMetadata } from '../../provider/index.ts';
import type { Site } from '../site.ts';
import { type AuthorizationResponse, requireAuthorizationResponse } from './authorization-response.ts';

interface Answer {
  readonly metadata: ProviderMetadata;
  readonly parameters: URLSearchParams;
  readonly stateHash: string;
}

/** `requireAuthorizationResponse`, with what it compares told to whoever wants to hear it. */
export function inspectAnswer(
  site: Site,
  { metadata, parameters, stateHash }: Answer,
): Promise<AuthorizationResponse> {
  return noteChecks(reporterOf(site, stateHash), async (note) => {
    note('state', A_LOGIN, 'its own');
    const isNamed = metadata.authorization_response_iss_parameter_supported === true;
    note('iss', isNamed ? metadata.issuer : `${metadata.issuer}, or none`, parameters.get('iss') ?? 'none');
    return requireAuthorizationResponse(site, metadata, parameters);
  });
}

/** `state` answers no login that this browser began, so nothing else was looked at. */
export function reportUnasked(site: Site, stateHash: string, error: AuthError): void {
  const check = { name: 'state', expected: A_LOGIN, found: 'none that is pending here', passed: false };
  reporterOf(site, stateHash)?.([check], error);
}

const A_LOGIN = 'a login that this browser began';

function reporterOf(site: Site, stateHash: string): ReportChecks | undefined {
  if (!site.details) return undefined;
  return (checks, error) => {
    const failure = isAuthError(error) ? { code: error.code, message: error.message } : {};
    site.observe({ type: 'callback.checked', ...site.names, stateHash, checks, ...failure });
  };
}
