export {
  type BoundFetch,
  type BoundFetchOptions,
  type BoundRequestInit,
  type BoundStep,
  createBoundFetch,
} from './bound-fetch.ts';
export { BoundTokenError } from './bound-tokens.ts';
