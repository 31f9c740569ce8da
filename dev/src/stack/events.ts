import type { AppName } from '@sso/domains';
import type { Ending } from '../process/child.ts';

/** A process of a stack. */
export type ServiceName = 'caddy' | 'explorer' | AppName;

/** What happens in a stack, in the order in which it does. */
export type StackEvent =
  | { readonly type: 'service.ready'; readonly name: ServiceName; readonly milliseconds: number }
  | { readonly type: 'service.line'; readonly name: ServiceName; readonly line: string }
  /** A process ended without being asked to. */
  | { readonly type: 'service.died'; readonly name: ServiceName; readonly ending: Ending };

/** 'Nightfield (shop) ended with exit code 1'. */
export function describeEnding({ name, code, signal }: Ending): string {
  if (signal !== undefined) return `${name} was ended by ${signal}`;
  return code === undefined ? `${name} could not be started` : `${name} ended with exit code ${code}`;
}
