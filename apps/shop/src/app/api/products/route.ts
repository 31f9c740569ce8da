import { connection } from 'next/server';
import { productsApi } from '../../../api/wired-products-api.ts';

export async function GET(request: Request): Promise<Response> {
  await connection(); // a build has neither an environment nor a database
  return productsApi().list(request);
}
