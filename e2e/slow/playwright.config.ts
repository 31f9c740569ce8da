import { defineConfig, devices } from '@playwright/test';
import { browserProjects } from '../support/browsers.ts';

/** `pnpm --filter @sso/e2e slow`: what takes minutes. Each file starts a stack of its own, one after the other. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/slow-files',
  forbidOnly: process.env['CI'] !== undefined,
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: '../test-results/slow.json' }],
    ['html', { outputFolder: '../test-results/slow-report', open: 'never' }],
  ],
  use: { trace: 'retain-on-failure', ...devices['Desktop Chrome'] },
  projects: browserProjects(),
});
