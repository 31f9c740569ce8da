import { openStore, type Store } from '../store/index.ts';

/** Opens the database for one piece of work and closes it whatever happens. */
export async function withStore(databaseUrl: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(databaseUrl);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
