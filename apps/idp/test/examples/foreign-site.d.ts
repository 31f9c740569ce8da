interface ReceiverOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly jwksUri: string;
  readonly changes: Map<string, number>;
}

export function createReceiver(options: ReceiverOptions): (request: Request) => Promise<Response>;
export function counts(
  token: { readonly sub?: string; readonly iat?: number },
  changes: ReadonlyMap<string, number>,
): boolean;
