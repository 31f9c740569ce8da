/** Every app. Hosts, ports, client ids, audiences and colours are written here and nowhere else. */
export const apps = {
  idp: {
    name: 'idp',
    title: 'Meridian',
    tagline: 'One login for every site',
    host: 'idp.localhost',
    port: 4100,
    color: '#3557d6',
  },
  shop: {
    name: 'shop',
    title: 'Nightfield',
    tagline: 'Good tools for looking up',
    host: 'shop.localhost',
    port: 4101,
    color: '#a8480f',
    clientId: 'shop',
    audience: 'https://shop.localhost/api',
  },
  blog: {
    name: 'blog',
    title: 'Dark Hours',
    tagline: 'Notes on the night sky',
    host: 'blog.localhost',
    port: 4102,
    color: '#0f6b5c',
    clientId: 'blog',
    audience: 'https://blog.localhost/api',
  },
} as const;

/** A tool of development. No production build and no registration knows of it. */
export const explorer = {
  name: 'explorer',
  title: 'Explorer',
  tagline: 'Watch every sign-in as it happens',
  host: 'explorer.localhost',
  port: 4103,
} as const;

export type AppName = keyof typeof apps;
export type App = (typeof apps)[AppName];
/** The apps that sign people in through the provider and offer an API. */
export type RelyingParty = Extract<App, { clientId: string }>;

export const appList: readonly App[] = Object.values(apps);
export const relyingParties: readonly RelyingParty[] = [apps.shop, apps.blog];
