import type { CryptoEngine } from './engine.ts';
import { createNodeEngine } from './node-engine.ts';
import type { NodeBuffer, NodeCrypto } from './node-modules.ts';
import { createWebEngine } from './web-engine.ts';

/** What a runtime has to offer. `globalThis` is one. */
export interface Runtime {
  readonly crypto: { readonly subtle: SubtleCrypto };
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown } | undefined;
}

/**
 * Node's engine where the runtime has it (Node, Bun, Deno), WebCrypto elsewhere. Asked by a call and not by an import: a
 * bundler, or an edge runtime, would stumble over a module that isn't there.
 */
export function chooseEngine({ process, crypto }: Runtime): CryptoEngine {
  const [node, buffer] = ['node:crypto', 'node:buffer'].map((name) => process?.getBuiltinModule?.(name));
  const web = createWebEngine(crypto.subtle);
  return isNodeCrypto(node) && hasBuffer(buffer) ? createNodeEngine(node, buffer.Buffer, web) : web;
}

const NEEDED = [
  'createHash',
  'createHmac',
  'sign',
  'verify',
  'createPrivateKey',
  'createSecretKey',
  'createCipheriv',
  'createDecipheriv',
] as const;

/** Some runtimes imitate a part of the module only. */
function isNodeCrypto(module: unknown): module is NodeCrypto {
  if (typeof module !== 'object' || module === null) return false;
  const members: Partial<Record<string, unknown>> = { ...module };
  const { KeyObject: keys } = members;
  const canConvert = typeof keys === 'function' && 'from' in keys && typeof keys.from === 'function';
  return canConvert && NEEDED.every((name) => typeof members[name] === 'function');
}

function hasBuffer(module: unknown): module is { Buffer: NodeBuffer } {
  return (
    typeof module === 'object' && module !== null && 'Buffer' in module && typeof module.Buffer === 'function'
  );
}
