/** The page of one of the shop's orders. */
export const supportPath = (id: string): string => `/support/${encodeURIComponent(id)}`;
