import { access } from '@sso/domains';

/** A person as the provider's USERS_FILE wants them: a passphrase, roles, and OpenID Connect's standard claims. */
export interface DemoPerson {
  readonly username: string;
  readonly password: string;
  readonly roles: readonly (keyof typeof access.roles)[];
  readonly name: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly email: string;
  readonly email_verified: boolean;
  /** Further claims of OIDC Core §5.1, for the scopes profile, address and phone. */
  readonly [claim: string]: unknown;
}

/** What the start banner says beside a person: what their roles let them do on the sites. */
export function describePerson({ roles }: DemoPerson): string {
  const permissions = new Set<string>(roles.flatMap((role) => access.roles[role]));
  const prices = permissions.has('shop:prices.member') ? 'sees member prices' : 'sees no member prices';
  return permissions.has('blog:drafts.read') ? `${prices}, reads posts before they are published` : prices;
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
  // Everything about this person is as long as it gets: sessions must still fit into one cookie.
  {
    username: 'wolfeschlegelsteinhausenbergerdorff',
    password: 'a name that fills the whole sky',
    roles: ['reader', 'member', 'editor'],
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
