/** The way back from a page that has nothing to show. */
export const homeLink = { href: '/', label: 'Back to the list' };
