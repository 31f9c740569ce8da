import { expect, it } from 'vitest';
import { transportSecurityHeaders } from './transport-security.ts';

it.each([
  ['https://id.example.com', 'max-age=31536000'],
  ['https://id.example.com:8443', 'max-age=31536000'],
  ['https://mylocalhost', 'max-age=31536000'],
  ['https://localhost.example.com', 'max-age=31536000'],
  ['https://localhost', undefined],
  ['https://idp.localhost:8443', undefined],
  ['http://localhost:4100', undefined],
  ['http://127.0.0.1:4100', undefined],
])('X-18 HSTS with the issuer %s is %s', (issuer, value) => {
  expect(transportSecurityHeaders(issuer)['Strict-Transport-Security']).toBe(value);
});
