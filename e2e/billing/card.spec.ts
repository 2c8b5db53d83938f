import type { Locator, Page } from '@playwright/test';
import { newCustomer, overdueCustomer } from '../harness/customer';
import { payByCard } from '../harness/dashboard';
import { fillSignIn, type Founder } from '../harness/founder';
import { expectAccessible } from '../harness/operator';
import { expect, type RunningProduct, test } from '../harness/test';

const ASKS_THE_BANK = '4000000000003220';
const DECLINED = '4000000000000002';
const FAILS_WHEN_CHARGED = '4000000000000341';
const OTHER = '5555555555554444';

async function openBilling(
  page: Page,
  product: RunningProduct,
  founder: Founder,
): Promise<Locator> {
  await page.goto(product.tenantUrl(founder.slug, '/billing'));
  await page.waitForURL(/\/sign-in/);
  await fillSignIn(page, founder.email, founder.password);
  await page.waitForURL(product.tenantUrl(founder.slug, '/billing'));
  return page.getByRole('region', { name: 'Your plan' });
}

/** Leaves for the provider's page, by the button that the state calls for. */
async function leaveForCard(page: Page, plan: Locator, button = 'Change card') {
  await plan.getByRole('button', { name: button }).click();
  await page.waitForURL(/\/checkout\/cs_/);
  await expect(page.getByRole('heading', { name: 'Save a card' })).toBeVisible();
}

const goBack = (page: Page) => page.getByTestId('business-link').click();

/** What is said fits a phone, and the card is on its screen. */
async function expectOnPhone(page: Page, said: string) {
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByText(said)).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('a card gives way to another, and stays while that is declined, refused by its bank or left', async ({
  page,
  product,
  api,
  provider,
  faults,
}) => {
  // A declined card is a 402 of the provider's page.
  faults.expectStatus(402);
  const { customer } = await newCustomer(api, provider, 'cards');
  const plan = await openBilling(page, product, customer);
  await expect(plan.getByText('ending 4242')).toBeVisible();

  await test.step('declined', async () => {
    await leaveForCard(page, plan);
    await payByCard(page, DECLINED);
    await expect(page.getByTestId('checkout-error')).toContainText('Try another card');
  });
  await test.step('refused by its bank', async () => {
    await payByCard(page, ASKS_THE_BANK);
    await expect(page.getByText('approve saving your card')).toBeVisible();
    await page.locator('#test-source-fail-3ds').click();
    await expect(page.getByTestId('checkout-error')).toContainText('unable to authenticate');
  });
  await test.step('left while the bank asks', async () => {
    await payByCard(page, ASKS_THE_BANK);
    await expect(page.getByText('approve saving your card')).toBeVisible();
    await page.goto(product.tenantUrl(customer.slug, '/billing'));
    await expect(plan.getByText('ending 4242')).toBeVisible();
    await leaveForCard(page, plan, 'Go on changing the card');
    await goBack(page);
    await expect(page.getByText('The card wasn’t changed')).toBeVisible();
    await expect(plan.getByText('ending 4242')).toBeVisible();
    await expectOnPhone(page, 'The card wasn’t changed');
  });
  await test.step('agreed to', async () => {
    await leaveForCard(page, plan, 'Go on changing the card');
    await payByCard(page, ASKS_THE_BANK);
    await page.locator('#test-source-authorize-3ds').click();
    await expect(page.getByText('The card is saved')).toBeVisible();
    await expect(plan.getByText('ending 3220')).toBeVisible();
    await expect(plan.getByRole('button', { name: 'Change card' })).toBeVisible();
    await expectOnPhone(page, 'The card is saved');
  });
});

test('what is overdue is paid by another card at once, and by none that fails', async ({
  page,
  product,
  api,
  provider,
}) => {
  const customer = await overdueCustomer(api, provider, 'overdue');
  const plan = await openBilling(page, product, customer);
  const overdue = page.getByText(/199\.00 of invoice NZ-\d{4}-\d{6} is overdue/);
  await expect(overdue).toBeVisible();
  await expect(plan.getByText('ending 0341')).toBeVisible();
  await expectAccessible(page);

  await test.step('kept, and refused when it is charged', async () => {
    await leaveForCard(page, plan);
    await payByCard(page, FAILS_WHEN_CHARGED);
    await expect(page.getByText('The card is saved, but the payment failed')).toBeVisible();
    await expect(overdue).toBeVisible();
    await expectOnPhone(page, 'The card is saved, but the payment failed');
  });
  await test.step('paid by a good one', async () => {
    await leaveForCard(page, plan);
    await payByCard(page, OTHER);
    await expect(page.getByText('The card is saved', { exact: true })).toBeVisible();
    await expect(overdue).toBeHidden();
    await expect(plan.getByText('ending 4444')).toBeVisible();
    await expect(plan.getByText('Active', { exact: true })).toBeVisible();
  });
});
