import { newCustomer, travel } from '../harness/customer';
import { fillSignIn } from '../harness/founder';
import { expectAccessible } from '../harness/operator';
import { expect, test } from '../harness/test';

const DAY = 86_400_000;

test('who is suspended sees what is owed at a glance, nothing else opens, and the page follows the payment in another tab', async ({
  page,
  product,
  api,
  provider,
  faults,
}) => {
  // Its streams of events and of use.
  faults.expectStatus(423);
  const today = Date.now();
  const starts_at = new Date(today - 65 * DAY).toISOString();
  const { customer, program } = await newCustomer(api, provider, 'debtor', {
    sandbox: { starts_at },
  });
  await provider.breakCard(customer.email);
  await travel(program, customer.id, new Date(today));
  const billing = product.tenantUrl(customer.slug, '/billing');
  await page.goto(billing);
  await page.waitForURL(/\/sign-in/);
  await fillSignIn(page, customer.email, customer.password);
  await page.waitForURL(billing);

  const plan = page.getByRole('region', { name: 'Your plan' });
  await expect(plan).toContainText(/Next payment.*199\.00, overdue, for invoice NZ-\d{4}-\d{6}/);
  await expect(plan).not.toContainText('Paid until');
  await expect(plan).toContainText('This period until');
  const pay = page.getByRole('link', { name: /^Pay\s.*199\.00/ });
  await expectAccessible(page);
  await page.goto(product.tenantUrl(customer.slug, '/strategies'));
  await page.waitForURL(billing);

  await provider.pay((await pay.getAttribute('href')) ?? '');
  await expect(async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect(plan).toContainText('Paid until', { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(pay).toBeHidden();
});
