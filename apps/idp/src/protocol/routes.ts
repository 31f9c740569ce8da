import { JWKS_MAX_AGE_SECONDS, METADATA_MAX_AGE_SECONDS } from '../foundation/lifetimes.ts';
import type { RenderFormPost } from '../http/form-post.ts';
import type { Route } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { authorize, authorizeByPost, cancel, resume } from './authorize/endpoint.ts';
import { documentResponse } from './static-document.ts';
import { endSessionByGet, endSessionByPost, resumeEndSession } from './end-session.ts';
import { paths, renderMetadata } from './metadata.ts';
import { introspect } from './introspect.ts';
import { pushRequest } from './pushed-authorization.ts';
import {
  readRegistration,
  removeRegistration,
  updateRegistration,
} from './registration/client-configuration.ts';
import { registerDynamically } from './registration/client-registration.ts';
import { revoke } from './revoke.ts';
import { token } from './token/endpoint.ts';
import { createUserinfo } from './userinfo.ts';

/** The protocol's endpoints. `page`: a person sees what goes wrong; `wire`: a program does. */
export function protocolRoutes(provider: Provider, showFormPost: RenderFormPost): Route[] {
  const authorizer = { ...provider, showFormPost };
  const metadata = renderMetadata(provider);
  const discovery = (request: Request) =>
    documentResponse(request, metadata, {
      contentType: 'application/json',
      maxAgeSeconds: METADATA_MAX_AGE_SECONDS,
    });
  const jwks = (request: Request) =>
    documentResponse(request, provider.keys.jwks(), {
      contentType: 'application/jwk-set+json',
      maxAgeSeconds: JWKS_MAX_AGE_SECONDS,
    });
  const userinfo = createUserinfo(provider);
  return [
    { path: paths.discovery, errorFormat: 'json', cors: true, get: discovery },
    { path: paths.serverMetadata, errorFormat: 'json', cors: true, get: discovery },
    { path: paths.jwks, errorFormat: 'json', cors: true, get: jwks },
    {
      path: paths.authorize,
      errorFormat: 'html',
      get: (request, context) => authorize(authorizer, request, context),
      post: (request, context) => authorizeByPost(authorizer, request, context),
    },
    {
      path: `${paths.authorize}/:id`,
      errorFormat: 'html',
      get: (request, context) => resume(authorizer, request, context),
    },
    {
      path: `${paths.authorize}/:id/cancel`,
      errorFormat: 'html',
      sameOriginOnly: true,
      post: (request, context) => cancel(authorizer, request, context),
    },
    {
      path: paths.pushed,
      errorFormat: 'json',
      post: (request, context) => pushRequest(provider, request, context),
    },
    {
      path: paths.token,
      errorFormat: 'json',
      cors: true,
      post: (request, context) => token(provider, request, context),
    },
    {
      path: paths.introspect,
      errorFormat: 'json',
      post: (request, context) => introspect(provider, request, context),
    },
    {
      path: paths.revoke,
      errorFormat: 'json',
      cors: true,
      post: (request, context) => revoke(provider, request, context),
    },
    {
      path: paths.register,
      errorFormat: 'json',
      post: (request) => registerDynamically(provider, request),
    },
    {
      path: `${paths.register}/:id`,
      errorFormat: 'json',
      get: (request, { id }) => readRegistration(provider, request, id),
      put: (request, { id }) => updateRegistration(provider, request, id),
      delete: (request, { id }) => removeRegistration(provider, request, id),
    },
    { path: paths.userinfo, errorFormat: 'json', cors: true, get: userinfo, post: userinfo },
    {
      path: paths.endSession,
      errorFormat: 'html',
      get: (request, context) => endSessionByGet(provider, request, context),
      post: (request, context) => endSessionByPost(provider, request, context),
    },
    {
      path: `${paths.endSession}/:id`,
      errorFormat: 'html',
      get: (request, context) => resumeEndSession(provider, request, context),
    },
  ];
}
