import { createRequire } from 'node:module';
import { isProgram } from '../system/find-program.ts';

const fromE2e = createRequire(new URL('../../../e2e/package.json', import.meta.url));

/**
 * Path of the Chromium that `playwright install` put on this machine, undefined when it did not. Playwright is the
 * end-to-end suite's dependency, so it is asked from there.
 */
export function findPlaywrightChromium(): string | undefined {
  try {
    const path = executablePathOf(fromE2e('@playwright/test'));
    return path !== undefined && isProgram(path) ? path : undefined;
  } catch {
    return undefined; // not installed, or no build for this system
  }
}

function executablePathOf(playwright: unknown): string | undefined {
  if (!hasMember(playwright, 'chromium') || !hasMember(playwright.chromium, 'executablePath'))
    return undefined;
  const { chromium } = playwright;
  if (typeof chromium.executablePath !== 'function') return undefined;
  const path: unknown = chromium.executablePath();
  return typeof path === 'string' ? path : undefined;
}

function hasMember<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && key in value;
}
