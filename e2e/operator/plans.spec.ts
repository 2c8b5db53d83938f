import type { Page } from '@playwright/test';
import { newCustomer } from '../harness/customer';
import { expectAccessible, openConsole } from '../harness/operator';
import { expect, test } from '../harness/test';

const priceField = (page: Page) => page.getByLabel('Monthly price');

async function saveDraft(page: Page, price: string) {
  await priceField(page).fill(price);
  await page.getByRole('button', { name: 'Save draft' }).click();
}

test('a plan is rewritten, reviewed, repriced for everybody and published', async ({
  page,
  product,
}) => {
  await openConsole(page, product, '/admin/plans');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Enterprise' }).click();
  const versions = page.getByRole('region', { name: 'Versions of the plan' });
  await expect(versions).toBeVisible();
  const before = (await versions.getByRole('row').count()) - 1;
  const price = (await priceField(page).inputValue()) === '1099.00' ? '999.00' : '1099.00';
  await test.step('a draft with a price of nothing can’t be published', async () => {
    await saveDraft(page, '0');
    await expect(page.getByText('Keeps it from being published')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Publish draft' })).toBeDisabled();
  });
  await test.step('the review shows what changes', async () => {
    await saveDraft(page, price);
    await expect(page.getByText('Keeps it from being published')).toBeHidden();
    const changes = page.getByRole('region', { name: 'What the draft changes' });
    await expect(changes.getByRole('row', { name: /Monthly price/ })).toContainText(
      price.replace('1099', '1,099'),
    );
    await expectAccessible(page);
  });
  await test.step('the report appears by itself', async () => {
    await page.getByRole('button', { name: 'Reprice everyone' }).click();
    await expect(page.getByText(/the 6 whole months before/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Not of the draft as it is now')).toBeHidden();
    await expectAccessible(page);
  });
  await page.getByRole('button', { name: 'Publish draft' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish draft' }).click();
  await expect(page.getByText(`Version ${before + 1} on sale`)).toBeVisible();
  await expect(versions.getByRole('row')).toHaveCount(before + 2);
});

test('who has an older version is moved to the one on sale, and that is taken back', async ({
  page,
  product,
  api,
  provider,
}) => {
  const { customer } = await newCustomer(api, provider, 'moved', { plan: 'enterprise' });
  await openConsole(page, product, '/admin/plans/enterprise');
  const price = (Number(await priceField(page).inputValue()) + 10).toFixed(2);
  await saveDraft(page, price);
  await page.getByRole('button', { name: 'Publish draft' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish draft' }).click();
  const form = page.locator('section').filter({
    has: page.getByRole('heading', { name: 'Move subscribers' }),
  });
  await test.step('what it would do is seen first', async () => {
    await form.getByRole('button', { name: 'Preview the move' }).click();
    await expect(form.getByText('Would be moved')).toBeVisible();
    // A line for each version that somebody has.
    const lines = form.getByText(new RegExp(`→ .*${price.replace('1', '1,?')}`));
    await expect(lines.first()).toBeVisible();
    await expectAccessible(page);
  });
  await form.getByRole('button', { name: /^Move \d+ subscribers?$/ }).click();
  await page.waitForURL(/\/moves\/mov_/);
  const row = page
    .getByRole('region', { name: 'Tenants of the move' })
    .getByRole('row', { name: new RegExp(customer.organisation) })
    .first();
  await expect(row).toContainText('Comes with the renewal', { timeout: 30_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Take the move back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take the move back' }).click();
  await expect(row).toContainText('Taken back', { timeout: 30_000 });
});
