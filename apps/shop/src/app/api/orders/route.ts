import { connection } from 'next/server';
import { ordersApi } from '../../../api/wired-orders-api.ts';

export async function GET(request: Request): Promise<Response> {
  await connection(); // a build has neither an environment nor a database
  return ordersApi().list(request);
}

export async function POST(request: Request): Promise<Response> {
  return ordersApi().create(request);
}
