import { newFounder, signUp } from '../harness/founder';
import { consoleUrl, expectAccessible, signInOperator } from '../harness/operator';
import { expect, test } from '../harness/test';

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
  await signInOperator(page);
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
});
