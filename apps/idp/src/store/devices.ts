import type { Database } from './prepared.ts';

/** A browser that signed in to an account. Both values are hashes. */
interface KnownDevice {
  readonly deviceHash: string;
  readonly accountHash: string;
}

interface DeviceSighting extends KnownDevice {
  /** What the browser's secret was until now; its other accounts move over to the new one. */
  readonly formerHash: string | undefined;
  readonly now: number;
  readonly expiresAt: number;
}

/** How many rows one browser and one account may have; the least recently used go. */
interface DeviceBounds {
  readonly accountsPerDevice: number;
  readonly devicesPerAccount: number;
}

export interface DeviceStore {
  isKnownDevice(device: KnownDevice, now: number): Promise<boolean>;
  /** Whether this browser signed in to any account. */
  isKnownBrowser(deviceHash: string, now: number): Promise<boolean>;
  rememberDevice(sighting: DeviceSighting, bounds: DeviceBounds): Promise<void>;
}

export function createDeviceStore(db: Database): DeviceStore {
  return {
    async isKnownDevice({ deviceHash, accountHash }, now) {
      const query = db.selectFrom('devices').select('used_at').where('device_hash', '=', deviceHash);
      const rows = await query
        .where('account_hash', '=', accountHash)
        .where('expires_at', '>', now)
        .execute();
      return rows.length === 1;
    },
    async isKnownBrowser(deviceHash, now) {
      const query = db.selectFrom('devices').select('used_at').where('device_hash', '=', deviceHash);
      return (await query.where('expires_at', '>', now).limit(1).execute()).length === 1;
    },
    async rememberDevice(sighting, bounds) {
      const { deviceHash, formerHash } = sighting;
      if (formerHash !== undefined) {
        await db
          .updateTable('devices')
          .set({ device_hash: deviceHash })
          .where('device_hash', '=', formerHash)
          .execute();
      }
      await addDevice(db, sighting);
      await keepLatest(db, 'device_hash', deviceHash, bounds.accountsPerDevice);
      await keepLatest(db, 'account_hash', sighting.accountHash, bounds.devicesPerAccount);
    },
  };
}

async function addDevice(db: Database, sighting: DeviceSighting): Promise<void> {
  const times = { used_at: sighting.now, expires_at: sighting.expiresAt };
  await db
    .insertInto('devices')
    .values({ device_hash: sighting.deviceHash, account_hash: sighting.accountHash, ...times })
    .onConflict((conflict) => conflict.columns(['device_hash', 'account_hash']).doUpdateSet(times))
    .execute();
}

/** Deletes all rows of this browser, or of this account, but the latest. */
async function keepLatest(
  db: Database,
  column: 'device_hash' | 'account_hash',
  value: string,
  count: number,
): Promise<void> {
  const other = column === 'device_hash' ? 'account_hash' : 'device_hash';
  const latest = db
    .selectFrom('devices')
    .select(other)
    .where(column, '=', value)
    .orderBy('used_at', 'desc')
    .limit(count);
  await db.deleteFrom('devices').where(column, '=', value).where(other, 'not in', latest).execute();
}
