/** One plain sentence, and where it is written. */
export interface Explanation {
  readonly sentence: string;
  readonly source: Source;
}

export interface Source {
  readonly label: string;
  readonly href: string;
}

export function rfc(number: number, section: string): Source {
  return {
    label: `RFC ${number} §${section}`,
    href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** OpenID Connect Core 1.0, by section and the anchor it has in the document. */
export function oidc(section: string, anchor: string): Source {
  return {
    label: `OIDC Core §${section}`,
    href: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
  };
}

export function backChannel(section: string, anchor: string): Source {
  return {
    label: `Back-Channel Logout §${section}`,
    href: `https://openid.net/specs/openid-connect-backchannel-1_0.html#${anchor}`,
  };
}
