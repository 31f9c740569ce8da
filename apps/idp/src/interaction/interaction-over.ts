import { PageError, type WayOn } from '../http/page-error.ts';

/** The page of a request that was answered, or has waited too long. */
export function interactionOver(wayOn: WayOn | undefined): PageError {
  return new PageError({
    status: 410,
    code: 'request_over',
    title: 'This page is no longer needed',
    reason: 'The request it belonged to was answered already, or waited too long.',
    fix: 'Go on at the site you came from. If you are not signed in there yet, start again there.',
    wayOn,
  });
}

/** F-14: the page of a request that made room for younger ones of its network. */
export function interactionDisplaced(wayOn: WayOn | undefined): PageError {
  return new PageError({
    status: 410,
    code: 'request_made_room',
    title: 'This page had to make room',
    reason: 'Very many requests came from your network at once, and the oldest ones made room for others.',
    fix: 'Nothing was sent anywhere and you did nothing wrong. Start again at the site you came from.',
    wayOn,
  });
}

/** P-15: the page of a request that another browser began. */
export function otherBrowser(wayOn: WayOn | undefined): PageError {
  return new PageError({
    status: 403,
    code: 'other_browser',
    title: 'This page belongs to another browser',
    reason: 'The request was started in another browser, or this browser refuses cookies.',
    fix: 'Allow cookies for this address, then start again at the site you came from.',
    wayOn,
  });
}
