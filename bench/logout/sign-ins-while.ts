import type { BenchProvider } from './provider.ts';

/** How long sign-ins take, one after the other, until the work is done. In milliseconds. */
export async function signInsWhile(
  provider: BenchProvider,
  work: () => Promise<unknown>,
  clientId = 'one',
): Promise<number[]> {
  const times: number[] = [];
  const state = { isDone: false };
  const working = work().finally(() => (state.isDone = true));
  while (!state.isDone) {
    const began = performance.now();
    await provider.signIn([clientId]);
    times.push(performance.now() - began);
  }
  await working;
  return times;
}
