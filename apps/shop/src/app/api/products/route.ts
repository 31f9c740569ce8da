import { productsApi } from '../../../api/index.ts';

export const GET = (request: Request): Promise<Response> => productsApi().list(request);
