import { access, type Permission, type Role } from '@sso/domains';

/** A person as the provider's USERS_FILE wants them: a passphrase, roles, and OpenID Connect's standard claims. */
export interface DemoPerson {
  readonly username: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly name: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly email: string;
  readonly email_verified: boolean;
  /** Further claims of OIDC Core §5.1, for the scopes profile, address and phone. */
  readonly [claim: string]: unknown;
}

/** In the words of the banner, what a permission lets somebody do; nothing for what visitors may do as well. */
const doings: Readonly<Record<Permission, string | undefined>> = {
  'shop:products.read': undefined,
  'shop:prices.member': 'sees member prices',
  'shop:orders.create': 'orders',
  'shop:orders.read': undefined,
  'shop:orders.read-any': 'sees everybody’s orders',
  'shop:orders.refund': 'refunds them',
  'blog:posts.read': undefined,
  'blog:drafts.read': 'reads all drafts',
  'blog:drafts.write': 'writes drafts',
  'blog:posts.publish': 'publishes them',
  'blog:comments.write': 'comments',
  'blog:comments.hide': 'hides comments',
};

/** What the start banner says beside a person: what their roles let them do on the sites. */
export function describePerson({ roles }: Pick<DemoPerson, 'roles'>): string {
  if (Object.keys(access.roles).every((role) => roles.some((held) => held === role))) {
    return 'every role: everything that anybody may do';
  }
  const held = new Set<string>(roles.flatMap((role) => access.roles[role]));
  const done = Object.entries(doings).flatMap(([permission, doing]) =>
    held.has(permission) && doing !== undefined ? [doing] : [],
  );
  return `${roles.join(', ') || 'no role'}: ${done.join(', ') || 'looks around as visitors do'}`;
}

/**
 * The demo people. Their passphrases are in this file and in the start banner on purpose; they exist
 * only in a stack that dev/ starts.
 */
export const people: readonly DemoPerson[] = [
  {
    username: 'ada',
    password: 'seven quiet comets',
    roles: ['member'],
    name: 'Ada Marlowe',
    given_name: 'Ada',
    family_name: 'Marlowe',
    nickname: 'Ada',
    email: 'ada@example.com',
    email_verified: true,
    birthdate: '1985-12-10',
    zoneinfo: 'Europe/London',
    locale: 'en-GB',
    phone_number: '+44 20 7946 0018',
    phone_number_verified: true,
    address: {
      formatted: '12 Observatory Road\nLondon SE10 8XJ\nUnited Kingdom',
      street_address: '12 Observatory Road',
      locality: 'London',
      postal_code: 'SE10 8XJ',
      country: 'United Kingdom',
    },
  },
  {
    username: 'ben',
    password: 'borrowed binoculars',
    roles: ['reader'],
    name: 'Ben Ibarra',
    given_name: 'Ben',
    family_name: 'Ibarra',
    email: 'ben@example.com',
    email_verified: true,
  },
  {
    username: 'mira',
    password: 'ink before midnight',
    roles: ['editor'],
    name: 'Mira Lindqvist',
    given_name: 'Mira',
    family_name: 'Lindqvist',
    email: 'mira@example.com',
    email_verified: true,
    locale: 'sv-SE',
  },
  {
    username: 'sol',
    password: 'answers before breakfast',
    roles: ['support'],
    name: 'Sol Okafor',
    given_name: 'Sol',
    family_name: 'Okafor',
    email: 'sol@example.com',
    email_verified: true,
  },
  {
    username: 'noor',
    password: 'graphite on damp paper',
    roles: ['author'],
    name: 'Noor Haddad',
    given_name: 'Noor',
    family_name: 'Haddad',
    email: 'noor@example.com',
    email_verified: true,
    locale: 'fr-FR',
  },
  {
    username: 'kit',
    password: 'kind words after midnight',
    roles: ['moderator'],
    name: 'Kit Tanaka',
    given_name: 'Kit',
    family_name: 'Tanaka',
    email: 'kit@example.com',
    email_verified: true,
  },
  {
    username: 'theo',
    password: 'nobody under the milky way',
    roles: [],
    name: 'Theo Brandt',
    given_name: 'Theo',
    family_name: 'Brandt',
    email: 'theo@example.com',
    email_verified: true,
  },
  // Everything about this person is as long as it gets: sessions must still fit into one cookie.
  {
    username: 'wolfeschlegelsteinhausenbergerdorff',
    password: 'a name that fills the whole sky',
    roles: ['reader', 'member', 'support', 'author', 'editor', 'moderator'],
    name: 'Ḫubert Blaine Wolfeschlegelsteinhausenbergerdorff-Παπαδημητρακοπούλου 長谷川 the Elder 🔭',
    given_name: 'Ḫubert Blaine Maximilián',
    family_name: 'Wolfeschlegelsteinhausenbergerdorff-Παπαδημητρακοπούλου 長谷川',
    nickname: 'Ḫubert Blaine, who watches the night sky from the roof',
    email:
      'hubert.blaine.wolfeschlegelsteinhausenbergerdorff@a-very-long-subdomain-for-long-names.of-a-very-long-domain.example.com',
    email_verified: true,
    website: 'https://wolfeschlegelsteinhausenbergerdorff.example.com/a/long/way/down/to/the/night-sky',
    zoneinfo: 'America/Argentina/ComodRivadavia',
    locale: 'de-DE-1996',
  },
];
