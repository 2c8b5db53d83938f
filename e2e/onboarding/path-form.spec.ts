import { openArea, payByCard, payNow, runBacktest, savePreset } from '../harness/dashboard';
import { newFounder, signUp } from '../harness/founder';
import { expect, test } from '../harness/test';

test('the same dashboard under a path of the root host', async ({ page, product }) => {
  test.setTimeout(150_000);
  const founder = newFounder('path');
  const base = `${product.url}/tenant/${founder.slug}`;
  await signUp(page, product, founder);
  await page.goto(base);
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await test.step('every link of the shell stays below the path', async () => {
    const links = await page.getByRole('navigation', { name: 'Areas' }).getByRole('link').all();
    expect(links.length).toBeGreaterThan(7);
    for (const link of links)
      expect(await link.getAttribute('href')).toMatch(new RegExp(`^/tenant/${founder.slug}(/|$)`));
  });
  await test.step('a back-test on the bundled bars', async () => {
    await savePreset(page, base);
    await runBacktest(page, 'SPX 1d');
    expect(page.url()).toContain(`${base}/backtests/bkt_`);
    await expect(page.getByRole('heading', { name: 'Trades on SPX, 1d' })).toBeVisible();
  });
  await test.step('paid for, and back under the path', async () => {
    await openArea(page, 'Billing');
    await payNow(page, 'Professional');
    await payByCard(page, '4242424242424242');
    await page.waitForURL((url) => url.href.startsWith(`${base}/billing`));
    await expect(page.getByText('Payment received. Professional is active.')).toBeVisible({
      timeout: 30_000,
    });
  });
  await test.step('signing out leads to this organisation’s way in, and back', async () => {
    await page.getByRole('button', { name: founder.email }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(`${base}/billing`);
    await page.waitForURL(/\/sign-in\?/);
    await expect(
      page.getByRole('heading', { name: `Sign in to ${founder.organisation}` }),
    ).toBeVisible();
  });
});
