import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { runBacktest, savePreset } from '../harness/dashboard';
import { newFounder, signUp } from '../harness/founder';
import { expect, test } from '../harness/test';

/** Violations of the page as it stands, in words. */
async function violations(judge: AxeBuilder): Promise<string[]> {
  const { violations: found } = await judge.analyze();
  return found.map(({ id, impact, nodes }) => {
    const where = nodes.slice(0, 3).map(({ target }) => target.join(' '));
    return `${impact} ${id} (${nodes.length}): ${where.join(' | ')}`;
  });
}

async function expectTheme(page: Page, colorScheme: 'light' | 'dark') {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`));
}

/** Judges a page by every rule, then its contrast in the other theme, which is all that differs there. */
async function expectAccessible(page: Page, address: string) {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectTheme(page, 'light');
  expect.soft(await violations(new AxeBuilder({ page })), `${address}, light`).toEqual([]);
  await expectTheme(page, 'dark');
  const contrast = new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']);
  expect.soft(await violations(contrast), `${address}, dark`).toEqual([]);
}

// The slowest file of the run: its tests share the workers.
test.describe.configure({ mode: 'parallel' });

const open = ['/', '/pricing', '/api', '/security', '/sign-up', '/sign-in'];
const inside = [
  '/',
  '/strategies',
  '/strategies/new',
  '/backtests',
  '/backtests/new',
  '/market-data',
  '/market-data/SPX',
  '/usage',
  '/api-keys',
  '/billing',
  '/members',
  '/settings',
  '/settings/branding',
  '/account',
];

test('public pages can be used by everybody, in both themes', async ({ page }) => {
  test.setTimeout(120_000);
  for (const path of open) await expectAccessible(page, path);
});

test('the dashboard can be used by everybody, in both themes', async ({ page, product }) => {
  test.setTimeout(180_000);
  const founder = newFounder('access');
  await signUp(page, product, founder);
  const home = product.tenantUrl(founder.slug, '');
  await savePreset(page, home);
  const strategy = page.url();
  await runBacktest(page, 'SPX 1d');
  for (const address of [page.url(), strategy, ...inside.map((path) => home + path)])
    await expectAccessible(page, address);
});
