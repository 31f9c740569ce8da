import { BlockList, isIP } from 'node:net';

/** The proxies whose `X-Forwarded-For` is believed. */
export interface TrustedProxies {
  includes(address: string): boolean;
}

/**
 * Reads `TRUST_PROXY`: addresses and CIDR blocks with commas between them, `loopback` for this machine, or `none`.
 *
 * @throws Error that names the part that is wrong.
 * @example
 * ```ts
 * parseTrustedProxies('loopback, 10.0.0.0/8, 2001:db8::1');
 * ```
 */
export function parseTrustedProxies(text: string): TrustedProxies {
  const list = new BlockList();
  for (const part of text.trim() === 'none' ? [] : text.split(',')) addBlock(list, part.trim());
  return { includes: (address) => list.check(address, familyOf(address)) };
}

function addBlock(list: BlockList, part: string): void {
  if (part === 'loopback') {
    list.addSubnet('127.0.0.0', 8, 'ipv4');
    list.addAddress('::1', 'ipv6');
    return;
  }
  const [address = '', bits, ...rest] = part.split('/');
  const whole = isIP(address) === 6 ? 128 : 32;
  const prefix = bits === undefined ? whole : /^\d{1,3}$/.test(bits) ? Number(bits) : 0;
  if (isIP(address) === 0 || address.includes('%') || rest.length > 0 || prefix > whole) throw wrong(part);
  // A prefix of 0 would trust everybody, and let clients choose the address that limits are counted by.
  if (prefix === 0) throw wrong(part);
  list.addSubnet(address, prefix, familyOf(address));
}

function wrong(part: string): Error {
  return new Error(`"${part}" is no address, no block such as 10.0.0.0/8, and neither loopback nor none`);
}

/**
 * The client's address: the peer's, or, while that is a trusted proxy, what it says it was called from, right to
 * left. `X-Forwarded-For` is a list to which every proxy appends; only what trusted ones appended is believed, so
 * a client that sends the header itself changes nothing (U-04). `Forwarded` and `X-Real-IP` are never read.
 *
 * @returns undefined when the peer is unknown (a request that came through no socket).
 */
export function clientAddress(
  connection: { readonly peer: string | undefined; readonly forwardedFor: string | null },
  trusted: TrustedProxies,
): string | undefined {
  let address = addressIn(connection.peer ?? '');
  if (connection.forwardedFor === null) return address;
  const hops = connection.forwardedFor.split(',');
  while (address !== undefined && trusted.includes(address)) {
    const next = addressIn(hops.pop() ?? '');
    // The rest can't be parsed: the last trusted hop stands for the clients behind it.
    if (next === undefined) break;
    address = next;
  }
  return address;
}

/** An address as proxies write it: bare, with a port, in brackets; undefined for anything else. */
function addressIn(entry: string): string | undefined {
  const text = entry.trim();
  if (isIP(text) === 4) return text;
  const host = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([^:]+):\d{1,5}$/.exec(text)?.[1] ?? text;
  const bare = host.split('%', 1)[0] ?? '';
  return isIP(bare) === 0 ? undefined : bare;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
