const MILLISECONDS = 1000;

/** The work's result if it has one in a second, else `undefined`; the work goes on. */
export async function withinASecond<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, MILLISECONDS, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
