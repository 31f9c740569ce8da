import { seeOther } from '../http/pages.ts';
import type { Route } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { showAccount, takeBack } from './account.ts';
import { answerConsent, showConsent } from './consent.ts';
import { FORM_POST_SCRIPT_PATH, formPostScriptResponse } from './form-post.ts';
import type { View } from './layout.ts';
import { FAVICON_PATH, faviconResponse } from './mark.ts';
import { goOnWithAccount, showSelectAccount } from './select-account.ts';
import { showSignIn, signIn } from './sign-in.ts';
import { confirmSignOut, showSignedOut, showSignOut, signOutHere } from './sign-out.ts';
import { stylesheetResponse } from './stylesheet.ts';

/** The pages a person sees. */
export function interactionRoutes(provider: Provider, view: View): Route[] {
  return [
    // The provider has no front page of its own: whoever types its address wants to see their account.
    { path: '/', audience: 'page', get: () => seeOther(`${provider.issuer}/account`) },
    {
      path: '/sign-in/:id',
      audience: 'page',
      ownOriginOnly: true,
      get: (request, { id }) => showSignIn(provider, view, request, id),
      post: (request, visit) => signIn(provider, view, request, visit),
    },
    {
      path: '/select-account/:id',
      audience: 'page',
      ownOriginOnly: true,
      get: (request, { id }) => showSelectAccount(provider, view, request, id),
      post: (request, { id }) => goOnWithAccount(provider, request, id),
    },
    {
      path: '/consent/:id',
      audience: 'page',
      ownOriginOnly: true,
      get: (request, { id }) => showConsent(provider, view, request, id),
      post: (request, { id }) => answerConsent(provider, request, id),
    },
    {
      path: '/sign-out/:id',
      audience: 'page',
      ownOriginOnly: true,
      get: (request, { id }) => showSignOut(provider, view, request, id),
      post: (request, { id }) => confirmSignOut(provider, request, id),
    },
    {
      path: '/sign-out',
      audience: 'page',
      ownOriginOnly: true,
      post: (request) => signOutHere(provider, request),
    },
    { path: '/signed-out', audience: 'page', get: () => showSignedOut(view) },
    { path: '/account', audience: 'page', get: (request) => showAccount(provider, view, request) },
    {
      path: '/account/take-back',
      audience: 'page',
      ownOriginOnly: true,
      post: (request) => takeBack(provider, request),
    },
    { path: FAVICON_PATH, audience: 'page', get: faviconResponse },
    { path: FORM_POST_SCRIPT_PATH, audience: 'page', get: formPostScriptResponse },
    { path: view.stylesheet.path, audience: 'page', get: () => stylesheetResponse(view.stylesheet) },
  ];
}
