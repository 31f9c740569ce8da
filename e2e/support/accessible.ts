import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Axe finds nothing wrong with the page as it is now; what it finds is shown with the HTML concerned. */
export async function expectNoAxeViolation(page: Page): Promise<void> {
  await expectNothingFound(axe(page));
}

/** The same in light and in dark, where nothing but colours can differ. */
export async function expectNoAxeViolationInLightAndDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectNothingFound(axe(page));
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectNothingFound(axe(page).withRules(['color-contrast']));
}

/** In the page itself: no page here has frames of another origin, for which axe would open a tab of its own each time. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

async function expectNothingFound(builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Nothing is wider than the window. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
}
