// Vitest's setup file for a runtime that has no cryptography of its own beside WebCrypto.
Object.defineProperty(globalThis.process, 'getBuiltinModule', { value: undefined });
