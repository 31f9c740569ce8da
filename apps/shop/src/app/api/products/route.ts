import { connection } from 'next/server';
import { productsApi } from '../../../api/wired-products-api.ts';
import { deps } from '../../../deps.ts';

export async function GET(request: Request): Promise<Response> {
  await connection(); // a build has neither an environment nor a database
  return productsApi().list(request);
}

export async function OPTIONS(request: Request): Promise<Response> {
  await connection(); // the origins come from the environment, which a build has not
  return deps().resource.preflight(request);
}
