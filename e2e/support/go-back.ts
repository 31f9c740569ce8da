import type { Page } from '@playwright/test';

/**
 * The browser's back button. Playwright's own `goBack()` waits for a load event that a page restored from the
 * back/forward cache never sends; a timer lets this call return before the page it runs in is gone.
 */
export async function goBack(page: Page): Promise<void> {
  await page.evaluate(() => void setTimeout(() => history.back(), 0));
}
