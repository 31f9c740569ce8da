import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { RESPONSE_MODES, type ResponseMode } from '../../clients/metadata-values.ts';
import { findTextFault } from '../../http/text-faults.ts';

/** How a request object wants the response sent. */
export interface ResponseParameters {
  readonly state: string | undefined;
  readonly responseMode: ResponseMode | undefined;
}

const NO_PARAMETERS: ResponseParameters = { state: undefined, responseMode: undefined };

/** More than any request needs. */
const MAX_LENGTH = 16_384;

/** what a parameter may not hold, a member may not either. */
const isUsable = (text: string) => findTextFault(text) === undefined;

const schema = z.object({
  state: z.string().min(1).refine(isUsable).optional().catch(undefined),
  response_mode: z.enum(RESPONSE_MODES).optional().catch(undefined),
});

/**
 * Reads `state` and `response_mode` of a request object (OIDC Core §6.1), so that the client recognises the refusal
 * that the object gets in any case (P-22). Both could stand in the address as well, so they give nobody more than
 * parameters do. Only an unsigned object counts: a signature that nobody checks proves nothing, and nothing is decrypted.
 */
export function readResponseParameters(requestObject: string | undefined): ResponseParameters {
  if (requestObject === undefined || requestObject.length > MAX_LENGTH) return NO_PARAMETERS;
  const { state, response_mode: responseMode } = schema.safeParse(decodeUnsigned(requestObject)).data ?? {};
  return { state, responseMode };
}

/** The content of an unsigned JWT (RFC 7519 §6), or undefined for anything else. */
function decodeUnsigned(token: string): unknown {
  try {
    return token.endsWith('.') && decodeProtectedHeader(token).alg === 'none' ? decodeJwt(token) : undefined;
  } catch {
    // What can't be read says nothing, and its request is refused all the same.
    return undefined;
  }
}
