import { createArrivals } from '../arrivals.ts';
import { type Database, prepare } from '../prepared.ts';
import type { GrantsTable } from '../schema.ts';
import { activeGrants, revocation } from './active-grants.ts';
import {
  type CodeRedemption,
  consumeCodeQuery,
  findConsumed,
  findIssuedCode,
  type IssuedCode,
} from './codes.ts';
import {
  type ActiveGrant,
  type ActiveGrantRow,
  type Grant,
  type RefreshTokenFamily,
  toActiveGrant,
  toGrant,
  toRefreshTokenFamily,
  toRow,
} from './grant-rows.ts';
import { createGrantDisplacement, type GrantBound } from './displace-grants.ts';
import { type NewCode, type OpenedGrant, openQuery } from './open-grant.ts';
import { revokeGrant } from './revoke-grant.ts';
import { type RefreshTokenRotation, rotateQuery } from './rotate-refresh-token.ts';

export interface GrantStore {
  /**
   * Stores a grant under the hash of its authorization code. A grant of that id and session whose code nobody has
   * redeemed is replaced, and its code with it. False when the code was redeemed, the grant revoked, the session ended or
   * another one, or the consent that it comes from taken back. One conditional statement decides every race, with redemption
   * and the end of session and consent as well.
   */
  openGrant(grant: Grant, code: NewCode, now: number): Promise<boolean>;
  /** Whose grant it is and whether its code was redeemed, also of one that has been revoked. */
  findIssuedCode(grantId: string): Promise<IssuedCode | undefined>;
  /** Redeems a live code of this client, once: one conditional statement decides every race (RFC 6749 §4.1.2). */
  consumeCode(redemption: CodeRedemption): Promise<Grant | undefined>;
  /** The grant of a code that has been redeemed by this client, to revoke what a replay gave. */
  findGrantOfConsumedCode(codeHash: string, clientId: string): Promise<Grant | undefined>;
  /** Ends code, refresh tokens and, at this provider's own endpoints, access tokens. False when ended already. */
  revokeGrant(id: string, now: number): Promise<boolean>;
  /** Lets grants of a sign-on session go that are beyond its bounds: the oldest ones. */
  displaceGrants(bound: GrantBound): Promise<void>;
  findActiveGrant(id: string, now: number): Promise<ActiveGrant | undefined>;
  /**
   * The same for one access token of the grant, which may have been revoked by itself (RFC 7009), or with the token that
   * it was exchanged for.
   */
  findActiveGrantOfToken(id: string, token: TokenIds, now: number): Promise<ActiveGrant | undefined>;
  /** The family of a refresh token by the hash of its first half, while its grant is active. */
  findRefreshTokenFamily(familyHash: string, now: number): Promise<RefreshTokenFamily | undefined>;
  /** Puts the successor in the place of the presented token if it is still the current one. */
  rotateRefreshToken(rotation: RefreshTokenRotation): Promise<boolean>;
}

interface OfToken {
  readonly id: string;
  readonly jti: string;
  readonly parent: string;
  readonly grandparent: string;
  readonly now: number;
}

interface TokenIds {
  readonly jti: string;
  /** Of the token that it was exchanged for. */
  readonly parentJti?: string | undefined;
  /** Of the token that this one had come from. */
  readonly grandparentJti?: string | undefined;
}

export function createGrantStore(db: Database): GrantStore {
  const redeem = prepare<CodeRedemption, GrantsTable>(db, (bind) => consumeCodeQuery(db, bind));
  const rotate = prepare<RefreshTokenRotation, { id: string }>(db, (bind) => rotateQuery(db, bind));
  const byId = prepare<{ id: string; now: number }, ActiveGrantRow>(db, (bind) =>
    activeGrants(db, bind).where('id', '=', bind('id')),
  );
  const byToken = prepare<OfToken, ActiveGrantRow>(db, (bind) =>
    activeGrants(db, bind)
      .where('id', '=', bind('id'))
      .where((grant) => grant(revocation(grant, bind('jti')), 'is', null))
      .where((grant) => grant(revocation(grant, bind('parent')), 'is', null))
      .where((grant) => grant(revocation(grant, bind('grandparent')), 'is', null)),
  );
  const byFamily = prepare<{ familyHash: string; now: number }, ActiveGrantRow>(db, (bind) =>
    activeGrants(db, bind).where('family_hash', '=', bind('familyHash')),
  );
  const open = prepare<OpenedGrant, { id: string }>(db, (bind) => openQuery(db, bind));
  const nextArrival = createArrivals();
  return {
    async openGrant(grant, code, now) {
      const opened = await open({ ...toRow(grant, code, now), arrival: nextArrival(now), now });
      return opened.rows.length === 1;
    },
    findIssuedCode: (grantId) => findIssuedCode(db, grantId),
    consumeCode: async (redemption) => firstOf((await redeem(redemption)).rows, toGrant),
    findGrantOfConsumedCode: (codeHash, clientId) => findConsumed(db, codeHash, clientId),
    displaceGrants: createGrantDisplacement(db),
    revokeGrant: (id, now) => revokeGrant(db, id, now),
    findActiveGrant: async (id, now) =>
      firstOf((await byId({ id, now })).rows, (row) => toActiveGrant(row, now)),
    async findActiveGrantOfToken(id, { jti, parentJti = jti, grandparentJti = parentJti }, now) {
      const { rows } = await byToken({ id, jti, parent: parentJti, grandparent: grandparentJti, now });
      return firstOf(rows, (row) => toActiveGrant(row, now));
    },
    findRefreshTokenFamily: async (familyHash, now) =>
      firstOf((await byFamily({ familyHash, now })).rows, (row) => toRefreshTokenFamily(row, now)),
    rotateRefreshToken: async (rotation) => (await rotate(rotation)).rows.length === 1,
  };
}

function firstOf<R, T>(rows: readonly R[], convert: (row: R) => T): T | undefined {
  return rows[0] && convert(rows[0]);
}
