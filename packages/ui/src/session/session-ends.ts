/** The ends of a session, epoch seconds. */
export interface SessionEnds {
  readonly accessTokenExpiresAt: number;
  readonly idleEndsAt: number;
  readonly absoluteEndsAt: number;
}

/** How old what the person may do here is, and can be at most. */
export interface PermissionAge {
  /** When the provider last said so, epoch seconds; undefined where the site asks for none. */
  readonly permissionsConfirmedAt: number | undefined;
  readonly permissionsMaxAgeSeconds: number | undefined;
}

/** One of these ends as a page explains it. */
export interface SessionEnd {
  readonly label: string;
  readonly sentence: string;
  /** Epoch seconds. */
  readonly endsAt: number;
  /** Shown once the moment has passed. */
  readonly ended: string;
}

/** Explains the ends of a session, the soonest kind first. */
export function describeEnds(ends: SessionEnds, providerTitle: string): SessionEnd[] {
  return [
    {
      label: 'Until the permissions are asked for again',
      sentence: `The access token ends. The next page brings a new one, if your sign-on session at ${providerTitle} still lives; a permission given or taken away counts from then on, and one that is taken away now within two seconds.`,
      endsAt: ends.accessTokenExpiresAt,
      ended: 'Due now',
    },
    {
      label: 'Until you count as gone',
      sentence: 'Starts again with the pages you open. A browser left alone is signed out at the end of it.',
      endsAt: ends.idleEndsAt,
      ended: 'Over',
    },
    {
      label: 'Until this session ends for certain',
      sentence: 'Runs from the moment you came back from signing in, and nothing prolongs it.',
      endsAt: ends.absoluteEndsAt,
      ended: 'Over',
    },
  ];
}
