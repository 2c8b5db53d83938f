import { expect, type Page } from '@playwright/test';

/** The areas in the rail. */
export function area(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name, exact: true });
}

export async function openArea(page: Page, name: string) {
  await area(page, name).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Saves the first preset as it stands and lands on the new strategy. */
export async function savePreset(page: Page, base: string) {
  await page.goto(`${base}/strategies/new`);
  await page.getByRole('button', { name: 'Save strategy' }).click();
  await page.waitForURL(/\/strategies\/stg_/);
}

/** From a strategy's page: back-tests it on these bars and waits for the result. */
export async function runBacktest(page: Page, bars: string) {
  await page.getByRole('link', { name: 'Back-test', exact: true }).click();
  await page.waitForURL(/\/backtests\/new/);
  await page.getByLabel('Bars').selectOption(bars);
  await page.getByRole('button', { name: 'Start back-test' }).click();
  await page.waitForURL(/\/backtests\/bkt_/);
  await expect(page.getByRole('heading', { name: 'All metrics' })).toBeVisible({
    timeout: 45_000,
  });
}

/** The hosted page, with the names of its fields as Stripe's own has them. */
export async function payByCard(page: Page, number: string) {
  await page.locator('#cardNumber').fill(number);
  await page.locator('#cardExpiry').fill('12 / 34');
  await page.locator('#cardCvc').fill('123');
  await page.locator('#billingName').fill('Ada Founder');
  await page.getByTestId('hosted-payment-submit-button').click();
}

/** From the billing page: leaves for the hosted checkout of a plan. */
export async function payNow(page: Page, plan: string) {
  await page.getByRole('button', { name: `Pay now of ${plan}` }).click();
  await page.waitForURL(/\/checkout\/cs_/);
}
