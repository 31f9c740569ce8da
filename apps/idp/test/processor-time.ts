/**
 * Milliseconds of processor that the work costs this thread: the least of several turns, since compiling and collecting
 * garbage are no cost of the work itself. What else the machine does counts for nothing, unlike with a clock.
 */
export async function leastProcessorMilliseconds(work: () => unknown, turns = 5): Promise<number> {
  const costs: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    costs.push((user + system) / 1000);
  }
  return Math.min(...costs);
}
