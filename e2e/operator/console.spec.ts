import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { generateSync } from 'otplib';
import { newFounder, signUp } from '../harness/founder';
import { expect, type RunningProduct, test } from '../harness/test';

const EMAIL = 'operator@example.com';

/** Made up at the first start, and kept in the data folder. */
function password(): string {
  const file = path.join(process.env.E2E_DATA_DIR ?? '', 'secrets.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { OPERATOR_PASSWORD: string })
    .OPERATOR_PASSWORD;
}

async function signIn(page: Page) {
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByRole('textbox', { name: 'Password' }).fill(password());
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const consoleUrl = (product: RunningProduct, at: string) => product.tenantUrl('admin', at);

async function expectAccessible(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id }) => `${page.url()} ${id}`)).toEqual([]);
}

test('an operator finds a tenant, shuts it out and lets it in again, and both logs say so', async ({
  page,
  browser,
  product,
}) => {
  test.setTimeout(180_000);
  const founder = newFounder('held');
  const owner = await (await browser.newContext({ baseURL: product.url })).newPage();
  await signUp(owner, product, founder);

  await page.goto(consoleUrl(product, `/tenants?q=${founder.slug}`));
  await expectAccessible(page);
  await signIn(page);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('link', { name: founder.organisation }).click();
  await expectAccessible(page);

  const decide = async (verb: string) => {
    await page.getByRole('button', { name: verb }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Card testing from this account');
    await dialog.getByLabel(/^Type/).fill(founder.slug);
    await dialog.getByRole('button', { name: verb }).click();
    await expect(dialog).toBeHidden();
  };
  await decide('Suspend tenant');
  await expect(page.getByText('Suspended', { exact: true })).toBeVisible();
  await decide('Lift suspension');
  await expect(page.getByRole('button', { name: 'Suspend tenant' })).toBeVisible();

  await page.getByRole('link', { name: 'Audit log' }).last().click();
  await expect(page.getByText('tenant.suspension_lifted')).toBeVisible();
  await page.goto(consoleUrl(product, '/admin/audit'));
  await expect(page.getByText('tenant.suspended').first()).toBeVisible();
  await expectAccessible(page);
  for (const at of ['/admin', '/admin/subscriptions', '/admin/revenue', '/admin/webhooks']) {
    await page.goto(consoleUrl(product, at));
    await expectAccessible(page);
  }

  // Last, because from here on a code is asked for.
  await page.goto(consoleUrl(product, '/admin/security'));
  await page.getByRole('button', { name: 'Show the QR code' }).click();
  await expect(page.getByAltText(/QR code/)).toBeVisible();
  await expectAccessible(page);
  const secret = (await page.locator('output').first().textContent()) ?? '';
  await page.getByLabel('Code from the app').fill(generateSync({ secret: secret.trim() }));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByText('The second factor is on')).toBeVisible();
  const [recovery = ''] = ((await page.locator('pre').textContent()) ?? '').split('\n');
  await page.getByRole('button', { name: EMAIL }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/admin\/sign-in/);
  await signIn(page);
  await page.waitForURL(/\/admin\/verify/);
  await expectAccessible(page);
  await page.getByLabel('Code', { exact: true }).fill(recovery);
  await page.getByRole('button', { name: 'Confirm code' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});
