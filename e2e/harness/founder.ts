import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { RunningProduct } from './test';

/** Somebody who founds an organisation of their own, so that specs don't meet. */
export interface Founder {
  organisation: string;
  slug: string;
  email: string;
  password: string;
}

export function newFounder(word: string): Founder {
  const slug = `${word}-${randomBytes(4).toString('hex')}`;
  return {
    organisation: `${word.charAt(0).toUpperCase()}${word.slice(1)} Trading`,
    slug,
    email: `ada@${slug}.example`,
    password: 'correct horse battery',
  };
}

/** Fills in the form of sign-up, where the page stands already, and arrives in the new dashboard. */
export async function fillSignUp(page: Page, product: RunningProduct, founder: Founder) {
  await page.getByLabel('Organisation').fill(founder.organisation);
  await page.getByLabel('Address').fill(founder.slug);
  await expect(page.getByText('This address is free.')).toBeVisible();
  await page.getByLabel('Your e-mail').fill(founder.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(founder.password);
  await page.getByRole('button', { name: 'Create organisation' }).click();
  await page.waitForURL(product.tenantUrl(founder.slug));
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
}

export async function signUp(page: Page, product: RunningProduct, founder: Founder) {
  await page.goto('/sign-up');
  await fillSignUp(page, product, founder);
}

/** Fills in the form of sign-in, where the page stands already. */
export async function fillSignIn(page: Page, email: string, password: string) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Follows the mailed link of verification and presses its button. */
export async function verifyEmail(page: Page, link: string) {
  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm my e-mail' }).click();
  await expect(page).not.toHaveURL(/\/verify/);
}
