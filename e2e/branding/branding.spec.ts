import type { Page } from '@playwright/test';
import { openArea } from '../harness/dashboard';
import { newFounder, signUp, verifyEmail } from '../harness/founder';
import { expect, test } from '../harness/test';

const ACCENT = '#0f766e';
const RAIL = '#12343b';
const PALE = '#ffe08a';

const logo = `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="32" viewBox="0 0 96 32">
  <rect width="96" height="32" rx="6" fill="${ACCENT}"/><circle cx="16" cy="16" r="8" fill="#ffffff"/></svg>`;

/** What a colour of the theme is on the page now. */
const brandColour = (page: Page, name: string) =>
  page.evaluate(
    (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim(),
    name,
  );

async function startEnterpriseTrial(page: Page) {
  await openArea(page, 'Billing');
  await page.getByRole('button', { name: 'Start 30-day trial of Enterprise' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Enterprise' })).toContainText(
    'Current',
    { timeout: 30_000 },
  );
}

test('colours and a logo show at once, also where members sign in', async ({
  page,
  product,
  inbox,
  browser,
}) => {
  test.setTimeout(120_000);
  const founder = newFounder('brand');
  await signUp(page, product, founder);
  await verifyEmail(page, await inbox.link(founder.email, /confirm/i));
  await page.goto(product.tenantUrl(founder.slug, '/settings/branding'));
  await test.step('the plan that includes it is named', async () => {
    await expect(page.getByText('Branding is part of Enterprise')).toBeVisible();
    await page.getByLabel('Accent', { exact: true }).fill(ACCENT);
    const save = page.getByRole('button', { name: 'Save colours' });
    await expect(save).toBeDisabled();
    await expect(save).toHaveAccessibleDescription(/Enterprise can/);
    await expect(page.getByRole('link', { name: 'See Enterprise' })).toHaveCount(1);
  });
  await test.step('an Enterprise trial', () => startEnterpriseTrial(page));
  await test.step('two colours, checked for contrast', async () => {
    await page.goto(product.tenantUrl(founder.slug, '/settings/branding'));
    await page.getByLabel('Accent', { exact: true }).fill(PALE);
    await expect(page.getByText(/Your accent is too/).first()).toBeVisible();
    await page.getByLabel('Accent', { exact: true }).fill(ACCENT);
    await page.getByLabel('Rail', { exact: true }).fill(RAIL);
    await page.getByRole('button', { name: 'Save colours' }).click();
    await expect(page.getByText('Colours saved')).toBeVisible();
    await expect.poll(() => brandColour(page, '--brand-accent')).toBe(ACCENT);
    await expect.poll(() => brandColour(page, '--brand-sidebar')).toBe(RAIL);
  });
  const rail = page.getByRole('complementary', { name: 'Workspace' });
  await test.step('a logo', async () => {
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'logo.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from(logo),
      });
    await page.getByRole('button', { name: 'Use this logo' }).click();
    await expect(page.getByText('Logo saved')).toBeVisible();
    await expect(rail.locator('img').first()).toBeVisible();
  });
  await test.step('a stranger sees both on the sign-in page', async () => {
    const stranger = await browser.newPage();
    await stranger.goto(product.tenantUrl(founder.slug, '/sign-in'));
    await expect(
      stranger.getByRole('heading', { name: `Sign in to ${founder.organisation}` }),
    ).toBeVisible();
    expect(await brandColour(stranger, '--brand-accent')).toBe(ACCENT);
    const image = stranger.getByRole('main').locator('img').first();
    await expect(image).toBeVisible();
    expect(await image.evaluate((each) => (each as HTMLImageElement).naturalWidth)).toBeGreaterThan(
      0,
    );
    await stranger.close();
  });
});
