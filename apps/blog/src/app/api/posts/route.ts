import { postsApi } from '../../../api/wired-posts-api.ts';

export const GET = (request: Request): Promise<Response> => postsApi().list(request);
