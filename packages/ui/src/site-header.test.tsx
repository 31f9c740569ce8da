import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SiteHeader } from './site-header.tsx';

const header = (person: string | undefined) =>
  renderToStaticMarkup(
    <SiteHeader
      title="Shop"
      homeHref="/"
      mark={null}
      links={[{ href: 'https://blog.example', label: 'Blog' }]}
      person={person}
      sessionHref="/session"
      signInHref="/auth/login?return_to=%2F"
      signOutAction="/auth/logout"
    />,
  );

describe('the header', () => {
  it('pain 10: signing in is a plain link, so that no prefetch starts a login', () => {
    expect(header(undefined)).toContain(
      '<a class="button small" href="/auth/login?return_to=%2F">Sign in</a>',
    );
    expect(header(undefined)).not.toContain('<form');
  });

  it('pain 10: signing out is a form that posts, never a link', () => {
    expect(header('Ada')).toMatch(/<form action="\/auth\/logout" method="post">/);
    expect(header('Ada')).not.toContain('href="/auth/logout"');
  });

  it.each([['Files \u202e'], ['أمينة'], ['</bdi>\u202e']])('U-11 isolates the name %j', (person) => {
    const escaped = person.replace('<', '&lt;').replace('>', '&gt;');
    expect(header(person)).toContain(`<bdi class="site-person">${escaped}</bdi>`);
  });

  it('names who is signed in and leads to the session and to the other site', () => {
    expect(header('Ada')).toMatch(/href="\/session".*Ada/);
    expect(header('Ada')).toContain('href="https://blog.example"');
  });
});
