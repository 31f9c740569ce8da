import { postsApi } from '../../../api/index.ts';

export const GET = (request: Request): Promise<Response> => postsApi().list(request);
