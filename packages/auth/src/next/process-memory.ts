import { createProcessMemory, type ProcessMemory } from '../client/index.ts';
import { type Clock, systemClock } from '../foundation/index.ts';

/** Next loads this module three times in one process (pages, handlers, proxy); this is the one place where they meet. */
const MEMORIES: symbol = Symbol.for('@sso/auth.memories.v9');

/** The memory of one client in this process. An optimisation, never the truth: two processes each have their own. */
export function sharedMemory(issuer: string, clientId: string, clock: Clock = systemClock): ProcessMemory {
  const memories = allMemories();
  const key = JSON.stringify([issuer, clientId]);
  const memory = memories.get(key) ?? createProcessMemory(clock);
  memories.set(key, memory);
  return memory;
}

function allMemories(): Map<string, ProcessMemory> {
  const holder: { [name: symbol]: unknown } = globalThis;
  const known = holder[MEMORIES];
  if (isMemories(known)) return known;
  const created = new Map<string, ProcessMemory>();
  holder[MEMORIES] = created;
  return created;
}

/** Another instance of this module made it, under a name with a version: it has this shape. */
function isMemories(value: unknown): value is Map<string, ProcessMemory> {
  return value instanceof Map;
}
