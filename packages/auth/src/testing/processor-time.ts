/**
 * The processor time that some work costs this thread, in milliseconds. A busy machine doesn't change it, unlike time by a
 * clock. It is the least of several turns, because compilation and garbage collection are not the work's own cost. Node only.
 *
 * @example `expect(await leastProcessorMilliseconds(() => parse(hostileText))).toBeLessThan(50);`
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
