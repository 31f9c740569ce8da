/** A section of a specification: a short label and its address. */
export interface SpecLink {
  readonly label: string;
  readonly href: string;
}

/** A section of an RFC: `rfc(7519, '4.1.1')`. */
export function rfc(number: number, section: string): SpecLink {
  return {
    label: `RFC ${number} §${section}`,
    href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
  };
}

/** A section of OpenID Connect Core 1.0 by its number and the anchor it has in the document. */
export function openIdCore(section: string, anchor: string): SpecLink {
  return {
    label: `OpenID Connect Core §${section}`,
    href: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
  };
}

/** A section of OpenID Connect Back-Channel Logout 1.0. */
export function backChannelLogout(section: string, anchor: string): SpecLink {
  return {
    label: `Back-Channel Logout §${section}`,
    href: `https://openid.net/specs/openid-connect-backchannel-1_0.html#${anchor}`,
  };
}
