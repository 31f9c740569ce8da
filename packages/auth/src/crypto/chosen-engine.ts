import { chooseEngine } from './choose-engine.ts';
import type { CryptoEngine } from './engine.ts';

/** The engine of this process, chosen once. */
export const engine: CryptoEngine = chooseEngine(globalThis);
