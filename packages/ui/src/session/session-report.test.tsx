import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SessionReport } from './session-report.tsx';

const now = 1_795_471_445;
const html = renderToStaticMarkup(
  <SessionReport
    siteTitle="Shop"
    providerTitle="Provider"
    now={now}
    idTokenClaims={{
      iss: 'https://idp.example',
      sub: 'ada',
      name: '<Ada> & co',
      nickname: 'Files \u202e',
      'odd\u202e': 1,
    }}
    accessTokenClaims={{ aud: 'https://shop.example/api', permissions: ['read'] }}
    permissions={{ read: 'See things', write: 'Change things' }}
    held={['read']}
    ends={{
      accessTokenExpiresAt: now + 544,
      idleEndsAt: now + 1800,
      absoluteEndsAt: now - 1,
      permissionsConfirmedAt: now - 56,
      permissionsMaxAgeSeconds: 1200,
    }}
  />,
);

describe('the session page', () => {
  it('shows every claim with its meaning and its section', () => {
    expect(html).toContain('https://shop.example/api');
    expect(html).toContain('The one API that may accept this token');
    expect(html).toContain('href="https://www.rfc-editor.org/rfc/rfc9068#section-2.2"');
  });

  it('is right without JavaScript: it states the end, and the time left as of its making', () => {
    expect(html).toContain('9 min 4 s');
    expect(html).toContain('from page load');
    expect(html).toContain('dateTime="2026-11-23T22:13:09.000Z"');
  });

  it('says when permissions were last confirmed, and how old they can be at most', () => {
    expect(html).toContain('Provider last confirmed them at <time dateTime="2026-11-23T22:03:09.000Z">');
    expect(html).toContain('older than 20 min 0 s');
  });

  it('says so when a clock has run out', () => {
    expect(html).toContain('<strong>Over</strong>');
  });

  it('says of each permission whether it is held', () => {
    expect(html).toMatch(/Yes<\/span>.*See things.*No<\/span>.*Change things/);
  });

  it('U-11 isolates what claims and their names say: a foreign provider may send anything', () => {
    expect(html).toContain('<bdi class="claim-value">Files \u202e</bdi>');
    expect(html).toContain('<bdi class="claim-name">odd\u202e</bdi>');
  });

  it('P-18 escapes what the claims say, and keeps style out of attributes', () => {
    expect(html).toContain('&lt;Ada&gt; &amp; co');
    expect(html).not.toMatch(/\sstyle=/);
  });
});
