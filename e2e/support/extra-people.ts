import type { DemoPerson } from '@sso/dev';

/** Somebody who has entered every standard claim (OIDC Core §5.1). */
export const personWithEveryClaim: DemoPerson = {
  username: 'vera',
  password: 'every field filled in twice',
  roles: ['reader'],
  name: 'Vera Anselm Quist',
  given_name: 'Vera',
  middle_name: 'Anselm',
  family_name: 'Quist',
  nickname: 'Vee',
  profile: 'https://vera.example/',
  picture: 'https://vera.example/portrait.jpg',
  website: 'https://vera.example/observatory',
  gender: 'female',
  birthdate: '1990-02-28',
  zoneinfo: 'Europe/Copenhagen',
  locale: 'da-DK',
  updated_at: 1_790_000_000,
  email: 'vera@example.com',
  email_verified: true,
  phone_number: '+45 32 10 00 00',
  phone_number_verified: false,
  address: { formatted: 'Rundetårn\nKøbenhavn', country: 'Denmark' },
};

/** A member and a reader who order: nobody else's story fills their carts. */
export const customers: readonly DemoPerson[] = [
  {
    username: 'ines',
    password: 'a flask for the long night',
    roles: ['member'],
    name: 'Ines Carvalho',
    given_name: 'Ines',
    family_name: 'Carvalho',
    email: 'ines@example.com',
    email_verified: true,
  },
  {
    username: 'otto',
    password: 'the tripod never trembles',
    roles: ['reader'],
    name: 'Otto Brink',
    given_name: 'Otto',
    family_name: 'Brink',
    email: 'otto@example.com',
    email_verified: true,
  },
];

/** Somebody whom one story signs out everywhere; nobody else's story depends on them. */
export const personToSignOut: DemoPerson = {
  username: 'lea',
  password: 'the last train to the coast',
  roles: ['reader'],
  name: 'Lea Verhoeven',
  given_name: 'Lea',
  family_name: 'Verhoeven',
  email: 'lea@example.com',
  email_verified: true,
};

/** Somebody with two devices, on which one story signs them out. */
export const personWithTwoDevices: DemoPerson = {
  username: 'yara',
  password: 'a kettle on each windowsill',
  roles: ['reader'],
  name: 'Yara Tamsin',
  given_name: 'Yara',
  family_name: 'Tamsin',
  email: 'yara@example.com',
  email_verified: true,
};
