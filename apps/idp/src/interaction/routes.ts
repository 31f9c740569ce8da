import { seeOther } from '../http/pages.ts';
import type { Route } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { showAccount, revokeConsent } from './account.ts';
import { showAccountAccess } from './account-access.ts';
import { showClientLogo } from './client-logo.ts';
import { answerConsent, showConsent } from './consent.ts';
import { showExplanation } from './explanation-page.ts';
import { FORM_POST_SCRIPT_PATH, formPostScriptResponse } from './form-post-page.ts';
import type { View } from './layout.ts';
import { FAVICON_PATH, faviconResponse } from './logo.ts';
import { selectAccount, showSelectAccount } from './select-account.ts';
import { showSignIn, signIn } from './sign-in.ts';
import { confirmSignOut, showSignOut, signOut, signOutEverywhere } from './sign-out.ts';
import { showSignedOut } from './signed-out.ts';
import { SIGNED_OUT_SCRIPT_PATH, signedOutScriptResponse } from './signed-out-script.ts';
import { stylesheetResponse } from './stylesheet.ts';

/** The pages a person sees. */
export function interactionRoutes(provider: Provider, view: View): Route[] {
  return [
    // The provider has no front page of its own: whoever types its address wants to see their account.
    { path: '/', errorFormat: 'html', get: () => seeOther(`${provider.issuer}/account`) },
    {
      path: '/sign-in/:id',
      errorFormat: 'html',
      sameOriginOnly: true,
      get: (request, context) => showSignIn(provider, view, request, context),
      post: (request, context) => signIn(provider, view, request, context),
    },
    {
      path: '/select-account/:id',
      errorFormat: 'html',
      sameOriginOnly: true,
      get: (request, context) => showSelectAccount(provider, view, request, context),
      post: (request, context) => selectAccount(provider, request, context),
    },
    {
      path: '/consent/:id',
      errorFormat: 'html',
      sameOriginOnly: true,
      get: (request, context) => showConsent(provider, view, request, context),
      post: (request, context) => answerConsent(provider, request, context),
    },
    {
      path: '/sign-out/:id',
      errorFormat: 'html',
      sameOriginOnly: true,
      get: (request, context) => showSignOut(provider, view, request, context),
      post: (request, context) => confirmSignOut(provider, request, context),
    },
    {
      path: '/sign-out',
      errorFormat: 'html',
      sameOriginOnly: true,
      post: (request) => signOut(provider, request),
    },
    {
      path: '/account/sign-out-everywhere',
      errorFormat: 'html',
      sameOriginOnly: true,
      post: (request) => signOutEverywhere(provider, request),
    },
    { path: '/errors/:id', errorFormat: 'html', get: (_request, { id }) => showExplanation(view, id) },
    {
      path: '/signed-out',
      errorFormat: 'html',
      get: (request) => showSignedOut(provider, view, request),
    },
    { path: '/account', errorFormat: 'html', get: (request) => showAccount(provider, view, request) },
    {
      path: '/account/access',
      errorFormat: 'html',
      get: (request) => showAccountAccess(provider, view, request),
    },
    {
      path: '/account/take-back',
      errorFormat: 'html',
      sameOriginOnly: true,
      post: (request) => revokeConsent(provider, request),
    },
    {
      path: '/client-logos/:id',
      errorFormat: 'html',
      get: (_request, { id }) => showClientLogo(provider, id),
    },
    { path: FAVICON_PATH, errorFormat: 'html', get: faviconResponse },
    { path: FORM_POST_SCRIPT_PATH, errorFormat: 'html', get: formPostScriptResponse },
    { path: SIGNED_OUT_SCRIPT_PATH, errorFormat: 'html', get: signedOutScriptResponse },
    { path: view.stylesheet.path, errorFormat: 'html', get: () => stylesheetResponse(view.stylesheet) },
  ];
}
