import type { Page } from '@playwright/test';
import { newFounder, signUp } from '../harness/founder';
import { expect, test } from '../harness/test';

async function choosePayPal(page: Page) {
  await page.getByRole('group', { name: 'Pay with' }).getByText('PayPal', { exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pay with PayPal of Professional' })).toBeVisible();
}

async function leaveForPayPal(page: Page) {
  await page.getByRole('button', { name: 'Pay with PayPal of Professional' }).click();
  await page.waitForURL(/\/paypal\/approve\//);
  await expect(page.getByText('NeoZork Professional, monthly')).toBeVisible();
}

test('a plan is paid by PayPal, after a second thought, and has its invoice', async ({
  page,
  product,
}) => {
  const founder = newFounder('payer');
  await signUp(page, product, founder);
  await page.goto(product.tenantUrl(founder.slug, '/billing'));
  await choosePayPal(page);
  await leaveForPayPal(page);
  await page.getByTestId('paypal-decline').click();
  await expect(page.getByText('You left the checkout')).toBeVisible();

  await choosePayPal(page);
  await leaveForPayPal(page);
  await page.getByTestId('paypal-approve').click();
  await expect(page.getByText('Payment received. Professional is active.')).toBeVisible();

  const plan = page.getByRole('region', { name: 'Your plan' });
  await expect(plan.getByText('Active')).toBeVisible();
  await expect(plan.getByText('PayPal', { exact: true })).toBeVisible();
  const change = page.getByRole('button', { name: 'Switch to Enterprise' });
  await expect(change).toBeDisabled();
  await expect(change).toHaveAccessibleDescription(/can’t be changed.*Cancel it at the end/);
  await page.getByRole('link', { name: /^NZ-\d{4}-\d{6}/ }).click();
  await expect(page.getByRole('heading', { name: /NZ-\d{4}-\d{6}/, level: 1 })).toBeVisible();
  await expect(page.getByText('NeoZork Professional, monthly').first()).toBeVisible();
});
