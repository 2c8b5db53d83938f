import type { Page } from '@playwright/test';
import { type Founder, newFounder, signUp } from '../harness/founder';
import { expect, type RunningProduct, test } from '../harness/test';

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

/** Agrees on PayPal's page; gives what PayPal calls the subscription. */
async function subscribe(page: Page, product: RunningProduct, founder: Founder): Promise<string> {
  await signUp(page, product, founder);
  await page.goto(product.tenantUrl(founder.slug, '/billing'));
  await choosePayPal(page);
  await leaveForPayPal(page);
  const back = page.waitForRequest(/[?&]subscription_id=I-/);
  await page.getByTestId('paypal-approve').click();
  const id = new URL((await back).url()).searchParams.get('subscription_id');
  await expect(page.getByText('Payment received. Professional is active.')).toBeVisible();
  return id ?? '';
}

async function send(url: string, method: string, body: object, authorization = '') {
  const headers = { 'content-type': 'application/json', authorization };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  expect(answer.status).toBeLessThan(300);
}

/** Says at PayPal that so much is open, as after a payment that failed, and whether the payer's account pays. */
async function owe(product: RunningProduct, id: string, value: string) {
  const base = `${product.sandboxUrl}/paypal/v1`;
  const basic = Buffer.from('sandbox_e2e:sandbox_e2e').toString('base64');
  const granted = await fetch(`${base}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await granted.json()) as { access_token: string };
  const balance = { value, currency_code: 'USD' };
  const open = { op: 'replace', path: '/billing_info/outstanding_balance', value: balance };
  await send(`${base}/billing/subscriptions/${id}`, 'PATCH', [open], `Bearer ${access_token}`);
}

const payerPays = (product: RunningProduct, id: string, pays: boolean) =>
  send(`${product.sandboxUrl}/_sandbox/paypal/subscriptions/${id}/payer`, 'PUT', { pays });

test('what PayPal couldn’t take is paid with one button, once the account there can pay', async ({
  page,
  product,
}) => {
  const id = await subscribe(page, product, newFounder('overdue'));
  await payerPays(product, id, false);
  await owe(product, id, '199.00');
  const pay = page.getByRole('button', { name: 'Pay US$199.00' });
  await expect(pay).toBeVisible();
  await expect(page.getByText(/PayPal declined the payment\. See that/)).toBeVisible();
  await pay.click();
  await expect(page.getByText(/still overdue\. Look at your PayPal account/)).toBeVisible();

  await payerPays(product, id, true);
  await pay.click();
  await expect(pay).toBeHidden();
  const plan = page.getByRole('region', { name: 'Your plan' });
  await expect(plan.getByText('Active')).toBeVisible();
  await expect(page.getByRole('link', { name: /^NZ-\d{4}-\d{6}/ })).toHaveCount(2);
});
