/** The way back from a page that has nothing to show. */
export const homeLink = { href: '/', label: 'All notes' };
