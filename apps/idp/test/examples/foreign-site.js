import { createRemoteJWKSet, jwtVerify } from 'jose';

const CHANGE = 'https://schemas.openid.net/secevent/caep/event-type/token-claims-change';

/** Answers POST at your `security_event_uri`. `changes` keeps a second for each person: a Map here, a table of yours. */
export function createReceiver({ issuer, clientId, jwksUri, changes }) {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  const options = { issuer, audience: clientId, typ: 'secevent+jwt', algorithms: ['ES256'] };
  return async (request) => {
    try {
      const { payload } = await jwtVerify(await request.text(), keys, options);
      const { sub_id: person, events } = payload;
      if (person.format !== 'iss_sub' || person.iss !== issuer) throw new Error('it names nobody here');
      const { event_timestamp: at } = events[CHANGE];
      changes.set(person.sub, Math.max(at, changes.get(person.sub) ?? 0));
      return new Response(null, { status: 202 });
    } catch (error) {
      return Response.json({ err: 'invalid_request', description: error.message }, { status: 400 });
    }
  };
}

/** Ask this of every access token and session once its signature is verified: false means that it decides nothing. */
export const counts = ({ sub, iat }, changes) => iat > (changes.get(sub) ?? 0);
