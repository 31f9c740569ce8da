import { randomId } from '../../foundation/index.ts';
import type { IssuerState } from './issuer-state.ts';
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

/** What an access token calls the session: as the client knows it that stands for the audience; nothing where none does. */
export function findSidFor(
  { clients }: Pick<IssuerState, 'clients'>,
  signOn: TestSignOn,
  { clientId, audience }: { readonly clientId: string; readonly audience: string | undefined },
): string | undefined {
  if (audience === undefined) return signOn.sidOf(clientId);
  const reader = [...clients.values()].find(({ audiences }) => audiences?.includes(audience));
  return reader && signOn.sidOf(reader.clientId);
}
