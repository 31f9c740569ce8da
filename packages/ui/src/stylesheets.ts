const names = ['tokens', 'base', 'layout', 'controls', 'words'] as const;

/** The design tokens and components as files, in their order, for a host that serves CSS without bundling it. */
export const stylesheets: readonly URL[] = names.map(
  (name) => new URL(`../css/${name}.css`, import.meta.url),
);
