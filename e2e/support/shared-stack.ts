import type { Stack } from '@sso/dev';

/** What a story needs to know of a running stack: plain data, so that it crosses into the worker processes. */
export type StackInfo = Pick<
  Stack,
  'origins' | 'explorer' | 'ports' | 'people' | 'directory' | 'rootCertificate' | 'files'
> & {
  /** SHA-256 of the public key of Caddy's intermediate, base64: the only foreign key the browser is told to trust. */
  readonly spki: string;
};

const VARIABLE = 'E2E_STACK';

export function stackInfoOf(stack: Stack): StackInfo {
  const { origins, explorer, ports, people, directory, rootCertificate, files } = stack;
  return { origins, explorer, ports, people, directory, rootCertificate, files, spki: stack.spki() };
}

/** Puts it into the environment, which worker processes inherit. */
export function publishStack(stack: Stack): void {
  process.env[VARIABLE] = JSON.stringify(stackInfoOf(stack));
}

/** The stack that the global set-up started. */
export function requireStack(): StackInfo {
  const facts = process.env[VARIABLE];
  if (facts === undefined)
    throw new Error('no stack runs: start the stories with Playwright, whose set-up starts it');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- publishStack wrote it, in the same run
  return JSON.parse(facts) as StackInfo;
}
