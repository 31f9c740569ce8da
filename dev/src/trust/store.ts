import type { Root } from './root.ts';

/** One step, without a shell. */
export interface Step {
  readonly command: readonly string[];
  readonly asRoot?: boolean;
  /** Whether it may fail, such as the removal of what may be missing. */
  readonly mayFail?: boolean;
}

/** A place where programs look up whom to trust. */
export interface TrustStore {
  /** As in 'trusted by …': 'this system (curl, Node with --use-system-ca …)'. */
  readonly name: string;
  readonly isTrusted: (root: Root) => Promise<boolean>;
  readonly add: (root: Root) => readonly Step[];
  readonly remove: (root: Root) => readonly Step[];
}
