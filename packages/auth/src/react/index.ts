export { Can, type CanProps, SignedIn, SignedOut } from './parts.tsx';
export { KeptForm, type KeptFormProps } from './kept-form.tsx';
export { SessionProvider, type SessionProviderProps, useSession } from './session-provider.tsx';
export { SignInLink, type SignInLinkProps } from './sign-in-link.tsx';
export { SignOutForm, type SignOutFormProps } from './sign-out-form.tsx';
export { authPaths, type PublicSession, type PublicUser } from '../wire/index.ts';
