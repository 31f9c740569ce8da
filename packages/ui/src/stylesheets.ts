const names = ['tokens', 'base', 'layout', 'controls', 'text'] as const;

/** The design tokens and components as files, in their order, for an app that serves CSS without bundling it. */
export const stylesheets: readonly URL[] = names.map(
  (name) => new URL(`../css/${name}.css`, import.meta.url),
);
