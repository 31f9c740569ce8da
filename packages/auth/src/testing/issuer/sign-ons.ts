import { randomId } from '../../foundation/index.ts';
import type { IssuerState, TestClient } from './issuer-state.ts';
import type { TestAuthentication, TestPerson, TestSignOn } from './test-people.ts';

/** A new sign-on session. A client's `sid` in it is made up when somebody first asks for it. */
export function createSignOn(
  { sids }: Pick<IssuerState, 'sids'>,
  person: TestPerson,
  proof: TestAuthentication,
): TestSignOn {
  const own = new Map<string, string>();
  const signOn: TestSignOn = {
    person,
    proof,
    ended: false,
    sidOf(clientId) {
      const sid = own.get(clientId) ?? randomId();
      own.set(clientId, sid);
      sids.set(sid, { clientId, signOn });
      return sid;
    },
  };
  return signOn;
}

/** What a client knows a person by (OIDC Core §8): their `sub`, or a name that no other client has. */
export function findSubjectFor(
  { pairwise }: Pick<IssuerState, 'pairwise'>,
  client: TestClient | undefined,
  { sub }: TestPerson,
): string {
  if (client?.subjectType !== 'pairwise') return sub;
  const key = JSON.stringify([client.clientId, sub]);
  const known = pairwise.get(key) ?? randomId();
  pairwise.set(key, known);
  return known;
}

/** What an access token names person and session by: as the client knows them that stands for the audience. */
export interface ReaderNames {
  readonly sub: string;
  /** Missing where no client stands for the audience. */
  readonly sid?: string;
}

/** The names in an access token; without an audience the issuer itself is it, and its client the reader. */
export function findNamesFor(
  state: Pick<IssuerState, 'clients' | 'pairwise'>,
  signOn: TestSignOn,
  { clientId, audience }: { readonly clientId: string; readonly audience: string | undefined },
): ReaderNames {
  const stands = (client: TestClient) =>
    audience === undefined ? client.clientId === clientId : client.audiences?.includes(audience) === true;
  const reader = [...state.clients.values()].find(stands);
  const sub = findSubjectFor(state, reader, signOn.person);
  return reader ? { sub, sid: signOn.sidOf(reader.clientId) } : { sub };
}
