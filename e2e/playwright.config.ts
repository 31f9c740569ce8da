import { defineConfig, devices } from '@playwright/test';
import { browserProjects } from './support/browsers.ts';

/** `pnpm --filter @sso/e2e e2e`: real browsers against production builds behind Caddy, on free ports of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: ['stories/**/*.spec.ts', 'attacks/**/*.spec.ts', 'interop/**/*.spec.ts'],
  globalSetup: './support/global-setup.ts',
  outputDir: 'test-results/files',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: 2,
  // No story asserts speed: these only end what hangs, on a busy machine too.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: 'test-results/results.json' }],
    ['html', { outputFolder: 'playwright-report', open: 'never' }],
  ],
  use: {
    // Pictures of every step cost each story a tenth more; the page as it was at each step is kept.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    ...devices['Desktop Chrome'],
  },
  projects: browserProjects(),
});
