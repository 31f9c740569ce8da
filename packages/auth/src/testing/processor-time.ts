/** Processor time of one thread, in microseconds, as Node's `process.threadCpuUsage` gives it. */
interface CpuUsage {
  readonly user: number;
  readonly system: number;
}

export interface ProcessorTimeOptions {
  /** `process`, of Node. */
  readonly process: { threadCpuUsage(before?: CpuUsage): CpuUsage };
  /** How often the work is done. Default 5. */
  readonly turns?: number;
}

/**
 * The processor time that some work costs this thread, in milliseconds. A busy machine doesn't change it, unlike time by a
 * clock. It is the least of several turns, because compilation and garbage collection are not the work's own cost.
 *
 * @example `expect(await leastProcessorMilliseconds(() => parse(hostileText), { process })).toBeLessThan(50);`
 */
export async function leastProcessorMilliseconds(
  work: () => unknown,
  { process, turns = 5 }: ProcessorTimeOptions,
): Promise<number> {
  const costs: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    costs.push((user + system) / 1000);
  }
  return Math.min(...costs);
}
