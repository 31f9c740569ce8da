/** Opens a database at its first use, once for all who ask. A failure is forgotten, so that the next use tries again. */
export function openAtFirstUse<Database>(open: () => Promise<Database>): () => Promise<Database> {
  let opening: Promise<Database> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}
