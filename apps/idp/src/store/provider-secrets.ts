import type { Database } from './prepared.ts';

export interface ProviderSecretStore {
  /** The secret of this name that the provider made at its first start. Of several nodes that bring one, one is kept. */
  findOrAddSecret(name: string, made: string): Promise<string>;
}

export function createProviderSecretStore(db: Database): ProviderSecretStore {
  return {
    async findOrAddSecret(name, made) {
      const insert = db.insertInto('provider_secrets').values({ name, value: made });
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
      const query = db.selectFrom('provider_secrets').select('value').where('name', '=', name);
      return (await query.executeTakeFirstOrThrow()).value;
    },
  };
}
