const ARRIVALS_IN_A_SECOND = 1_000_000;

/** Numbers that grow with the time, in seconds, and within one second with every call: rows in the order of their coming. */
export function createArrivals(): (now: number) => number {
  let count = 0;
  return (now) => {
    count = (count + 1) % ARRIVALS_IN_A_SECOND;
    return now * ARRIVALS_IN_A_SECOND + count;
  };
}
