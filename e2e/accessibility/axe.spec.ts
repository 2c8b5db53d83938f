import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { runBacktest, savePreset } from '../harness/dashboard';
import { newFounder, signUp } from '../harness/founder';
import { expect, type RunningProduct, test } from '../harness/test';

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
/** The dashboard in parts that any worker can take, each done in a fraction of its time. */
const filled = ['/', '/strategies', '/backtests', '/backtests/new'];
const inside = {
  'what it is worked with': [
    '/strategies/new',
    '/market-data',
    '/market-data/SPX',
    '/usage',
    '/api-keys',
  ],
  'whose it is': ['/billing', '/members', '/settings', '/settings/branding', '/account'],
};

test('public pages can be used by everybody, in both themes', async ({ page }) => {
  test.setTimeout(120_000);
  for (const path of open) await expectAccessible(page, path);
});

/** The start page of a dashboard that somebody new has founded. */
async function newHome(page: Page, product: RunningProduct): Promise<string> {
  const founder = newFounder('access');
  await signUp(page, product, founder);
  return product.tenantUrl(founder.slug, '');
}

test('a strategy, its back-test and the lists that they are in can be used by everybody, in both themes', async ({
  page,
  product,
}) => {
  test.setTimeout(180_000);
  const home = await newHome(page, product);
  await savePreset(page, home);
  const strategy = page.url();
  await runBacktest(page, 'SPX 1d');
  for (const address of [page.url(), strategy, ...filled.map((path) => home + path)])
    await expectAccessible(page, address);
});

for (const [part, paths] of Object.entries(inside)) {
  test(`the dashboard, ${part}, can be used by everybody, in both themes`, async ({
    page,
    product,
  }) => {
    test.setTimeout(180_000);
    const home = await newHome(page, product);
    for (const path of paths) await expectAccessible(page, home + path);
  });
}
