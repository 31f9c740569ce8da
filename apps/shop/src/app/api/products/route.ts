import { productsApi } from '../../../api/wired-products-api.ts';

export const GET = (request: Request): Promise<Response> => productsApi().list(request);
