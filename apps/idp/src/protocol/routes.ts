import type { ShowFormPost } from '../http/form-post.ts';
import type { Route } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { authorize, authorizeByPost, cancel, resume } from './authorize/endpoint.ts';
import { documentResponse } from './static-document.ts';
import { endSessionByGet, endSessionByPost, resumeEndSession } from './end-session.ts';
import { paths, renderMetadata } from './metadata.ts';
import { introspect } from './introspect.ts';
import { pushRequest } from './pushed-authorization.ts';
import { register } from './client-registration.ts';
import { revoke } from './revoke.ts';
import { token } from './token/endpoint.ts';
import { createUserinfo } from './userinfo.ts';

/** The protocol's endpoints. `page`: a person sees what goes wrong; `wire`: a program does. */
export function protocolRoutes(provider: Provider, showFormPost: ShowFormPost): Route[] {
  const authorizer = { ...provider, showFormPost };
  const metadata = renderMetadata(provider);
  const discovery = (request: Request) => documentResponse(request, metadata);
  const jwks = (request: Request) =>
    documentResponse(request, provider.keys.jwks(), 'application/jwk-set+json');
  const userinfo = createUserinfo(provider);
  const { registration } = provider;
  return [
    { path: paths.discovery, audience: 'wire', cors: true, get: discovery },
    { path: paths.serverMetadata, audience: 'wire', cors: true, get: discovery },
    { path: paths.jwks, audience: 'wire', cors: true, get: jwks },
    {
      path: paths.authorize,
      audience: 'page',
      get: (request) => authorize(authorizer, request),
      post: (request) => authorizeByPost(authorizer, request),
    },
    {
      path: `${paths.authorize}/:id`,
      audience: 'page',
      get: (request, { id }) => resume(authorizer, request, id),
    },
    {
      path: `${paths.authorize}/:id/cancel`,
      audience: 'page',
      ownOriginOnly: true,
      post: (request, { id }) => cancel(authorizer, request, id),
    },
    { path: paths.pushed, audience: 'wire', post: (request) => pushRequest(provider, request) },
    { path: paths.token, audience: 'wire', cors: true, post: (request) => token(provider, request) },
    { path: paths.introspect, audience: 'wire', post: (request) => introspect(provider, request) },
    { path: paths.revoke, audience: 'wire', cors: true, post: (request) => revoke(provider, request) },
    ...(registration
      ? [
          {
            path: paths.register,
            audience: 'wire' as const,
            post: (request: Request) => register(provider, registration, request),
          },
        ]
      : []),
    { path: paths.userinfo, audience: 'wire', cors: true, get: userinfo, post: userinfo },
    {
      path: paths.endSession,
      audience: 'page',
      get: (request) => endSessionByGet(provider, request),
      post: (request) => endSessionByPost(provider, request),
    },
    {
      path: `${paths.endSession}/:id`,
      audience: 'page',
      get: (request, { id }) => resumeEndSession(provider, request, id),
    },
  ];
}
