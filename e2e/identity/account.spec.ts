import type { Page } from '@playwright/test';
import { fillSignIn, newFounder, signUp, verifyEmail } from '../harness/founder';
import { expect, test } from '../harness/test';

const heading = (page: Page) => page.getByRole('heading', { name: 'Your account', level: 1 });

test('a person changes name and password, and sees the address confirmed', async ({
  page,
  product,
  inbox,
}) => {
  const founder = newFounder('self');
  const fresh = 'a quite different sentence';
  await signUp(page, product, founder);
  await page.getByRole('button', { name: founder.email }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  await expect(heading(page)).toBeVisible();
  await expect(page.getByText('Not confirmed')).toBeVisible();
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('button', { name: /Ada Lovelace/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'Current password' }).fill('not the right one');
  await page.getByRole('textbox', { name: 'New password' }).fill(fresh);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your current password.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Current password' }).fill(founder.password);
  await page.getByRole('textbox', { name: 'New password' }).fill('short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText(/A password has at least 10 characters/)).toBeVisible();
  await page.getByRole('textbox', { name: 'New password' }).fill(fresh);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Your password is changed')).toBeVisible();
  await verifyEmail(page, await inbox.link(founder.email, /confirm/i));
  await page.goto(`${product.url}/tenant/${founder.slug}/account`);
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();
});

test('another device is seen, signed out from here, and then everything is', async ({
  page,
  product,
  browser,
}) => {
  const founder = newFounder('device');
  await signUp(page, product, founder);
  await page.goto(product.tenantUrl(founder.slug, '/account'));
  await expect(page.getByText('This one')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out all others' })).toBeHidden();
  const phone = await browser.newContext({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  });
  const other = await phone.newPage();
  const signInThere = async () => {
    await other.goto(product.tenantUrl(founder.slug, '/strategies'));
    await fillSignIn(other, founder.email, founder.password);
    await other.waitForURL(product.tenantUrl(founder.slug, '/strategies'));
  };
  await signInThere();
  // Without a reload: the list asks by itself.
  const row = page.getByRole('listitem').filter({ hasText: 'Safari on iOS' });
  await expect(row).toContainText('127.0.0.1', { timeout: 30_000 });
  await row.getByRole('button').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Safari on iOS is signed out')).toBeVisible();
  await expect(row).toBeHidden();
  await other.goto(product.tenantUrl(founder.slug, '/usage'));
  await other.waitForURL(/\/sign-in\?next=/);
  await signInThere();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(/\/sign-in$/);
  for (const one of [page, other]) {
    await one.goto(product.tenantUrl(founder.slug, '/usage'));
    await one.waitForURL(/\/sign-in\?next=/);
  }
  await phone.close();
});
