import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SignedOut } from './signed-out.tsx';

const page = (isPostponed: boolean) =>
  renderToStaticMarkup(
    <SignedOut
      siteTitle="Shop"
      otherTitle="Blog"
      otherHref="https://blog.example"
      providerTitle="Provider"
      toldHref="https://id.example/signed-out"
      signInHref="/auth/login"
      isPostponed={isPostponed}
    />,
  );

describe('the page after signing out', () => {
  it('says that the sign-on session is gone, and where to see who was told', () => {
    expect(page(false)).toContain('so is your sign-on session at Provider');
    expect(page(false)).toContain('https://id.example/signed-out');
  });

  it('B-22 says that the sign-on session lives while the provider is away, when it ends, and nothing else', () => {
    expect(page(true)).toContain('your sign-on session there still lives');
    expect(page(true)).toContain('It ends when this browser next opens a page of Shop');
    expect(page(true)).not.toContain('https://id.example/signed-out');
  });
});
