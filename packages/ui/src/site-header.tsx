import type { ReactNode } from 'react';

export interface HeaderLink {
  readonly href: string;
  readonly label: string;
}

interface SiteHeaderProps {
  readonly title: string;
  readonly homeHref: string;
  /** The site's mark, an inline SVG that takes `currentColor`. */
  readonly mark: ReactNode;
  /** Pages of this site and the other site's front page. */
  readonly links: readonly HeaderLink[];
  /** The name of whoever is signed in; undefined when nobody is. */
  readonly person: string | undefined;
  readonly sessionHref: string;
  readonly signInHref: string;
  /** Where the sign-out form posts to. A link would not do: signing out changes state. */
  readonly signOutAction: string;
}

/** The site's name, its links, and either who is signed in or a sign-in link. Plain links and a form: no script needed. */
export function SiteHeader(props: SiteHeaderProps) {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className="site-header">
        <div className="page">
          <a className="brand" href={props.homeHref}>
            {props.mark}
            {props.title}
          </a>
          <nav className="site-nav" aria-label="Main">
            {props.links.map(({ href, label }) => (
              <a key={href} href={href}>
                {label}
              </a>
            ))}
          </nav>
          <Account {...props} />
        </div>
      </header>
    </>
  );
}

function Account({ person, sessionHref, signInHref, signOutAction }: SiteHeaderProps) {
  if (person === undefined) {
    return (
      <div className="site-account">
        <a className="button small" href={signInHref}>
          Sign in
        </a>
      </div>
    );
  }
  return (
    <div className="site-account">
      <a href={sessionHref} title="Your session">
        <span className="visually-hidden">Your session, signed in as </span>
        <bdi className="site-person">{person}</bdi>
      </a>
      <form method="post" action={signOutAction}>
        <button className="button quiet small" type="submit">
          Sign out
        </button>
      </form>
    </div>
  );
}
