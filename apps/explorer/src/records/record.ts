import { z } from 'zod';

/** Whose origin answers, or whose log says it. */
export const siteNames = ['shop', 'blog', 'idp'] as const;
export type SiteName = (typeof siteNames)[number];
const site = z.enum(siteNames);

/** One request as Caddy saw it: no cookie, no header of credentials, secrets as hashes. Times in milliseconds. */
const hop = z.object({
  kind: z.literal('hop'),
  id: z.int(),
  at: z.number(),
  end: z.number(),
  site,
  method: z.string(),
  /** Without a query; what names one interaction is shortened. */
  path: z.string(),
  /** Stands for the part of the path that was shortened, so that requests of one interaction are known. */
  interaction: z.string().optional(),
  parameters: z.array(z.tuple([z.string(), z.string()])),
  status: z.int(),
  /** Where a redirect leads, without its query. */
  location: z.string().optional(),
  isBrowser: z.boolean(),
  /** The provider's own number of the request. */
  requestId: z.string().optional(),
  requestType: z.string().optional(),
  answerType: z.string().optional(),
  bytes: z.int(),
});
export type Hop = z.infer<typeof hop>;

/** One line of an app's log: what it means, as `observe` of packages/auth and the provider tell it. */
const event = z.object({
  kind: z.literal('event'),
  id: z.int(),
  at: z.number(),
  site,
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type Event = z.infer<typeof event>;

export const record = z.discriminatedUnion('kind', [hop, event]);
export type DiagramRecord = z.infer<typeof record>;

/** A diagram that was saved, to be loaded again by somebody else. */
export const diagramFile = z.object({
  format: z.literal('one-login-diagram'),
  version: z.literal(1),
  savedAt: z.string(),
  /** What people are called, by `sub`. */
  people: z.record(z.string(), z.string()),
  records: z.array(record),
});
export type DiagramFile = z.infer<typeof diagramFile>;
