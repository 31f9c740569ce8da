import { findProgram, isProgram } from '../system/find-program.ts';
import { requireTool, type RequireToolOptions } from '../system/require-tool.ts';
import { Failure } from '../terminal/failure.ts';
import { findPlaywrightChromium } from './playwright.ts';

/** Chromium's headless shell is some 2.5 times as quick as the browser with a window, so it comes first. */
const programs = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
/** Where systems keep it beside PATH; Debian's chromium-headless-shell on PATH is a script around the first. */
const files = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/lib64/chromium-browser/headless_shell',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export interface FindBrowserOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** How to find Playwright's own Chromium, taken before the system's. Default: asks Playwright. */
  readonly findOwn?: () => string | undefined;
}

/**
 * A Chromium for tests: CHROMIUM, Playwright's own, the system's.
 *
 * @returns its path; undefined when there is none
 * @throws Failure when CHROMIUM does not name a program
 */
export function findBrowser({
  env = process.env,
  findOwn = findPlaywrightChromium,
}: FindBrowserOptions = {}): string | undefined {
  const named = env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Failure(`CHROMIUM=${named} is not a program`, "give a Chromium's path, or unset it");
  }
  const onPath = (): string | undefined =>
    programs.map((name) => findProgram(name, env)).find((path) => path !== undefined);
  return findOwn() ?? files.find(isProgram) ?? onPath();
}

/**
 * Finds a browser and installs the system's package when there is none and that is allowed (see requireTool).
 * @throws Failure with the one command to type
 */
export function installBrowser(
  options: FindBrowserOptions & Pick<RequireToolOptions, 'ask' | 'say' | 'execute'> = {},
): Promise<string> {
  return requireTool({
    tool: 'chromium',
    title: 'Chromium',
    homepage: 'https://playwright.dev/docs/browsers',
    find: () => findBrowser(options),
    ...options,
  });
}
