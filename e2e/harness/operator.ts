import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';
import type { Inbox } from './inbox';
import type { RunningProduct } from './test';

export const OPERATOR_EMAIL = 'operator@example.com';

/** Made up at the first start, and kept in the data folder. */
function password(): string {
  const file = path.join(process.env.E2E_DATA_DIR ?? '', 'secrets.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { OPERATOR_PASSWORD: string })
    .OPERATOR_PASSWORD;
}

export const consoleUrl = (product: RunningProduct, at: string) => product.tenantUrl('admin', at);

/** Fills in the console's own form, where the page stands already. */
export async function signInOperator(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(OPERATOR_EMAIL);
  await page.getByRole('textbox', { name: 'Password' }).fill(password());
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Opens a page of the console, signed in. */
export async function openConsole(page: Page, product: RunningProduct, at: string): Promise<void> {
  await page.goto(consoleUrl(product, at));
  await signInOperator(page);
  await page.waitForURL(consoleUrl(product, at));
}

/** Judges the page as it stands by every rule of axe. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id }) => `${page.url()} ${id}`)).toEqual([]);
}

/** Sends an invitation from the page of operators, where `page` stands; answers the link that is mailed. */
export async function invite(
  page: Page,
  inbox: Inbox,
  who: { name: string; email: string; role: 'support' | 'finance' | 'admin' },
): Promise<string> {
  await page.getByRole('button', { name: 'Invite an operator' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(who.name);
  await dialog.getByLabel('E-mail').fill(who.email);
  await dialog.getByLabel('Role').selectOption(who.role);
  await dialog.getByRole('button', { name: 'Send invitation' }).click();
  await expect(dialog).toBeHidden();
  return inbox.link(who.email, /invites you to run NeoZork/);
}

/** A browser of its own in which an invitation is accepted; it ends at the console’s overview. */
export async function join(browser: Browser, link: string, password: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Choose a password' }).fill(password);
  await page.getByRole('button', { name: 'Save password and sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  return page;
}
