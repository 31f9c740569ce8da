import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '@sso/dev';

/** A page of Chromium, outside of a story. */
export interface OpenPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

export async function openPage(): Promise<OpenPage> {
  const executablePath = findBrowser();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({
    args,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  return { page: await browser.newPage(), close: () => browser.close() };
}
