import { existsSync } from 'node:fs';
import { devices, firefox, type PlaywrightTestConfig, webkit } from '@playwright/test';
import { findBrowser } from '@sso/dev';

type Projects = NonNullable<PlaywrightTestConfig['projects']>;

/** Chromium always; Firefox and WebKit where Playwright's builds are installed. A line says which are skipped. */
export function browserProjects(): Projects {
  return [
    chromiumProject(),
    ...optionalProject('firefox', firefox, 'Desktop Firefox'),
    ...optionalProject('webkit', webkit, 'Desktop Safari'),
  ];
}

function chromiumProject(): Projects[number] {
  const executablePath = findBrowser();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return {
    name: 'chromium',
    use: {
      ...devices['Desktop Chrome'],
      launchOptions: { args, ...(executablePath === undefined ? {} : { executablePath }) },
    },
  };
}

function optionalProject(name: string, browser: typeof firefox, device: keyof typeof devices): Projects {
  if (!existsSync(browser.executablePath())) {
    if (process.env['TEST_WORKER_INDEX'] === undefined) {
      process.stderr.write(`${name}: no build installed, skipped (npx playwright install ${name})\n`);
    }
    return [];
  }
  // These browsers don't take Chromium's switch that names the one key to trust, nor resolve *.localhost everywhere.
  return [{ name, use: { ...devices[device], ignoreHTTPSErrors: true } }];
}
