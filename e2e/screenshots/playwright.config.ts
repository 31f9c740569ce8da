import { defineConfig } from '@playwright/test';
import { browserProjects } from '../support/browsers.ts';

/** `pnpm --filter @sso/e2e screenshots`: writes the pictures of README and docs into docs/screens. */
export default defineConfig({
  testDir: '.',
  testMatch: 'screens.ts',
  globalSetup: '../support/global-setup.ts',
  outputDir: '../test-results/screenshots',
  workers: 1,
  reporter: 'list',
  projects: browserProjects().slice(0, 1),
});
