/** The result of the work if it is there in time, otherwise `undefined`. The work itself goes on. */
export async function withTimeLimit<T>(work: Promise<T>, limitSeconds: number): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, limitSeconds * 1000, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
