import type { AppName } from '@sso/domains';
import type { Ending } from '../process/child.ts';

/** A process of an estate. */
export type MemberName = 'caddy' | AppName;

/** What happens in an estate, in the order in which it does. */
export type EstateEvent =
  | { readonly type: 'member.ready'; readonly name: MemberName; readonly milliseconds: number }
  | { readonly type: 'member.line'; readonly name: MemberName; readonly line: string }
  /** A process died that nobody asked to end. */
  | { readonly type: 'member.died'; readonly name: MemberName; readonly ending: Ending };

/** 'Nightfield (shop) ended with exit code 1'. */
export function describeEnding({ name, code, signal }: Ending): string {
  if (signal !== undefined) return `${name} was ended by ${signal}`;
  return code === undefined ? `${name} could not be started` : `${name} ended with exit code ${code}`;
}
