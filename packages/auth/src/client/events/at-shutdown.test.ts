import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { atShutdown } from './at-shutdown.ts';

/** A process as Node has it, and the signals that it was sent. */
function createProcess() {
  const sent: string[] = [];
  const emitter = new EventEmitter();
  return Object.assign(emitter, {
    pid: 1,
    kill: (pid: number, signal: string) => sent.push(`${signal} to ${pid}`),
    sent,
  });
}

describe('when the process is asked to end', () => {
  it.each(['SIGTERM', 'SIGINT'])('by %s: it is done once', (signal) => {
    const process = createProcess();
    let times = 0;
    atShutdown(() => (times += 1), process);
    process.emit(signal);
    process.emit(signal);
    expect(times).toBe(1);
  });

  it('a process that nobody else would end still ends by the signal', () => {
    const process = createProcess();
    atShutdown(() => {}, process);
    process.emit('SIGTERM');
    expect(process.sent).toEqual(['SIGTERM to 1']);
  });

  it('a server that ends itself is left to it', () => {
    const process = createProcess();
    process.on('SIGTERM', () => {});
    atShutdown(() => {}, process);
    process.emit('SIGTERM');
    expect(process.sent).toEqual([]);
  });

  it('two sites of one process both end theirs, and the signal does its work', () => {
    const process = createProcess();
    const ended: string[] = [];
    for (const site of ['shop', 'blog']) atShutdown(() => ended.push(site), process);
    process.emit('SIGTERM');
    expect([ended, process.sent]).toEqual([['shop', 'blog'], ['SIGTERM to 1']]);
  });

  it('nothing is done any more once nobody listens', () => {
    const process = createProcess();
    atShutdown(() => process.sent.push('done'), process)();
    process.emit('SIGTERM');
    expect([process.sent, process.listenerCount('SIGTERM')]).toEqual([[], 0]);
  });

  it.each([undefined, null, {}, { once: true }])('a runtime without signals: %s', (runtime) =>
    expect(() => atShutdown(() => {}, runtime)).not.toThrow(),
  );
});
