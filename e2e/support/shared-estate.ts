import type { Estate } from '@sso/dev';

/** What a story needs to know of a running estate: plain data, so that it crosses into the worker processes. */
export type EstateFacts = Pick<
  Estate,
  'origins' | 'ports' | 'people' | 'directory' | 'rootCertificate' | 'files'
> & {
  /** SHA-256 of the public key of Caddy's intermediate, base64: the only foreign key the browser is told to trust. */
  readonly spki: string;
};

const VARIABLE = 'E2E_ESTATE';

export function factsOf(estate: Estate): EstateFacts {
  const { origins, ports, people, directory, rootCertificate, files } = estate;
  return { origins, ports, people, directory, rootCertificate, files, spki: estate.spki() };
}

/** Leaves the facts where worker processes inherit them. */
export function publishEstate(estate: Estate): void {
  process.env[VARIABLE] = JSON.stringify(factsOf(estate));
}

/** The estate that the global set-up started. */
export function requireEstate(): EstateFacts {
  const facts = process.env[VARIABLE];
  if (facts === undefined)
    throw new Error('no estate runs: start the stories with Playwright, whose set-up starts it');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- publishEstate wrote it, in the same run
  return JSON.parse(facts) as EstateFacts;
}
