/** How long what people write may be, in UTF-16 code units as forms count them. */
export const LIMITS = { title: 120, summary: 300, topic: 40, body: 20_000, comment: 2000 } as const;
