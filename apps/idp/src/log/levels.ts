import type { ProviderEvent } from '../events/provider-event.ts';
import type { LOG_LEVELS } from '../settings/schemas.ts';

export type LogLevel = (typeof LOG_LEVELS)[number];

const rank: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return rank[level] >= rank[least];
}

/** Event types whose level is another one than `info`. */
const unusualLevels: Partial<Readonly<Record<ProviderEvent['type'], LogLevel>>> = {
  'code.replayed': 'warn',
  'refresh.reused': 'warn',
  'sign-in.throttled': 'warn',
  'client.throttled': 'warn',
  'key.revoked': 'warn',
  'notice.refused': 'warn',
  'notice.failed': 'warn',
  'notice.given-up': 'warn',
  'config.warned': 'warn',
  'error.internal': 'error',
};

export function levelOf({ type }: ProviderEvent): LogLevel {
  return unusualLevels[type] ?? 'info';
}
