import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { oldCustomer } from '../harness/customer';
import { fillSignIn } from '../harness/founder';
import { expectAccessible } from '../harness/operator';
import { expect, type RunningProduct, test } from '../harness/test';

/** A renewal and a half: two invoices, and a history to reckon with. */
const DAYS = 45;

async function explainNewest(page: Page) {
  const invoices = page.getByRole('region', { name: 'Invoices' }).last();
  await expect(invoices.getByRole('row')).toHaveCount(3);
  const newest = invoices.getByRole('row').nth(1);
  await expect(newest).toContainText('Paid');
  await newest.getByRole('link').click();
  await expect(page.getByRole('heading', { name: /^NZ-\d{4}-\d{6}$/, level: 1 })).toBeVisible();
  await page.getByText('NeoZork Professional').click();
  await expect(page.getByText('A whole period.')).toBeVisible();
  await expect(page.getByText(/1 × .*199\.00/).last()).toBeVisible();
  await expectAccessible(page);
}

async function savePdf(page: Page) {
  await page.getByRole('button', { name: 'Download PDF' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'On A4' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^invoice-NZ-\d{4}-\d{6}\.pdf$/);
  const paper = readFileSync(await file.path());
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  expect(paper.subarray(-8).toString()).toContain('%%EOF');
}

/** Off at first; with a budget, without one, and off again. */
async function switchOverage(page: Page) {
  const card = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'API calls beyond the limit' }) });
  const choose = async (choice: string, state: string) => {
    await card.getByText(choice, { exact: true }).click();
    if (state.includes('budget')) await card.getByLabel('Budget for a calendar month').fill('0');
    await card.getByRole('button', { name: 'Save' }).click();
    if (!state.includes('budget')) return;
    await expect(card.getByText('The budget must be more than 0.')).toBeVisible();
    await card.getByLabel('Budget for a calendar month').fill('12.50');
    await card.getByRole('button', { name: 'Save' }).click();
  };
  const badge = (state: string) => card.locator('header').getByText(state, { exact: true });
  await expect(badge('Off')).toBeVisible();
  await choose('Go on, up to a budget', 'On, with a budget');
  await expect(badge('On, with a budget')).toBeVisible();
  await expect(card.getByText(/12\.50.* at most/)).toBeVisible();
  await choose('Go on without a limit', 'On');
  await expect(badge('On')).toBeVisible();
  await choose('Stop at the limit', 'Off');
  await expect(badge('Off')).toBeVisible();
}

async function simulate(page: Page) {
  const options = page.getByRole('region', { name: 'What each plan would have cost' });
  const own = options.getByRole('row', { name: /Professional monthly.*Yours/ });
  await expect(own).toBeVisible();
  await page.getByRole('link', { name: '3 months' }).click();
  await page.waitForURL(/months=3/);
  await expect(own).toBeVisible();
  await expect(options.getByRole('row', { name: /Starter annual/ })).toContainText('−');
}

/** All that matters of an invoice is on the screen of a phone. */
async function readOnPhone(page: Page, address: string) {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(address);
  const card = page.getByRole('region', { name: 'Invoices' }).getByRole('row').nth(0);
  for (const part of [card.getByText(/199\.00$/).first(), card.getByText('Paid')])
    await expect(part).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
}

const openBilling = async (page: Page, product: RunningProduct, slug: string) => {
  await page.goto(product.tenantUrl(slug, '/billing'));
  await page.waitForURL(/\/sign-in/);
};

test('a customer sees what it pays and why, and decides what happens beyond the limit', async ({
  page,
  product,
  api,
  provider,
}) => {
  const { slug, email, password } = await oldCustomer(api, provider, 'payer', DAYS);
  await openBilling(page, product, slug);
  await fillSignIn(page, email, password);
  await page.waitForURL(product.tenantUrl(slug, '/billing'));
  await expectAccessible(page);
  const reasons = page.getByRole('region', { name: 'What the next payment is for' });
  await expect(reasons).toContainText(/NeoZork Professional.*199\.00/);
  await test.step('what other plans would have cost', () => simulate(page));
  await test.step('beyond the limit', () => switchOverage(page));
  await test.step('why an invoice is what it is', () => explainNewest(page));
  await test.step('on paper', () => savePdf(page));
  await test.step('on a phone', () =>
    readOnPhone(page, product.tenantUrl(slug, '/billing/invoices')));
});
