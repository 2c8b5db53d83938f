import type { Page } from '@playwright/test';
import { openArea } from '../harness/dashboard';
import { fillSignIn, newFounder, signUp, verifyEmail } from '../harness/founder';
import { expect, test } from '../harness/test';

const overview = (page: Page) => page.getByRole('heading', { name: 'Overview', level: 1 });

/** As if the browser had never been here; the page is left first, for it keeps a stream open. */
async function forget(page: Page) {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

async function signOut(page: Page, name: string) {
  await page.getByRole('button', { name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in$/);
}

test('signing out ends the session; only the right password begins another', async ({
  page,
  product,
}) => {
  const founder = newFounder('door');
  const home = product.tenantUrl(founder.slug);
  await signUp(page, product, founder);
  await signOut(page, founder.email);
  await page.goto(`${home}strategies`);
  await page.waitForURL(/\/sign-in\?next=/);
  await fillSignIn(page, founder.email, 'not the right one');
  await expect(page.getByText(/do(es)? ?n[o’']t match|not right|wrong/i)).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(founder.email);
  await fillSignIn(page, founder.email, founder.password);
  await page.waitForURL(`${home}strategies`);
  await expect(page.getByRole('heading', { name: 'Strategies', level: 1 })).toBeVisible();
});

test('the root host hands over to the organisation’s own, once', async ({
  page,
  product,
  browser,
}) => {
  const founder = newFounder('hand');
  const handovers: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/handover?code=')) handovers.push(request.url());
  });
  await signUp(page, product, founder);
  await forget(page);
  handovers.length = 0;
  await page.goto('/sign-in');
  await fillSignIn(page, founder.email, founder.password);
  await page.waitForURL(product.tenantUrl(founder.slug));
  await expect(overview(page)).toBeVisible();
  expect(page.url()).not.toContain('code=');
  expect(handovers).toHaveLength(1);
  const thief = await browser.newPage();
  await thief.goto(handovers[0] ?? '');
  await expect(thief).toHaveURL(/\/sign-in\?notice=handover/);
  await expect(thief.getByText(/^Sign in again: that link was used/)).toBeVisible();
  await thief.close();
});

test('a hand-over sent to somebody else signs them in as nobody', async ({
  page,
  product,
  browser,
}) => {
  const attacker = newFounder('mallory');
  await signUp(page, product, attacker);
  const asked = page.waitForRequest(/\/handover\/issue\?/);
  await page.goto(product.tenantUrl(attacker.slug, '/handover/start'));
  await expect(overview(page)).toBeVisible();
  // All but the last step once more, so that the code is fresh and unused.
  const issue = (await asked).url();
  const answer = await page.request.get(issue, { maxRedirects: 0 });
  const link = answer.headers().location ?? '';
  expect(link).toMatch(/\/handover\?code=/);
  const victim = await (await browser.newContext()).newPage();
  await victim.goto(link);
  await expect(victim.getByText(/^Sign in again: that link was used/)).toBeVisible();
  await victim.goto(product.tenantUrl(attacker.slug, '/strategies'));
  await victim.waitForURL(/\/sign-in\?next=/);
  await victim.context().close();
});

test('signing out at the organisation’s host leaves nothing behind at the root host', async ({
  page,
  product,
}) => {
  const founder = newFounder('leave');
  await signUp(page, product, founder);
  await page.goto('/workspaces');
  await page.getByRole('link', { name: founder.organisation }).click();
  await page.waitForURL(product.tenantUrl(founder.slug));
  await expect(overview(page)).toBeVisible();
  await signOut(page, founder.email);
  await page.goto('/workspaces');
  await page.waitForURL(/\/sign-in\?next=/);
  await page.goto(`/tenant/${founder.slug}`);
  await page.waitForURL(/\/sign-in\?tenant=/);
  await fillSignIn(page, founder.email, founder.password);
  await page.waitForURL(`${product.url}/tenant/${founder.slug}`);
  await expect(overview(page)).toBeVisible();
  // The root host's session opens the organisation's own host without a second password.
  await page.goto(product.tenantUrl(founder.slug, '/strategies'));
  await expect(page.getByRole('heading', { name: 'Strategies', level: 1 })).toBeVisible();
  await signOut(page, founder.email);
  await page.goto(`/tenant/${founder.slug}`);
  await page.waitForURL(/\/sign-in\?tenant=/);
});

test('a forgotten password is replaced by mail, and the old one is gone', async ({
  page,
  product,
  inbox,
}) => {
  const founder = newFounder('forgot');
  const fresh = 'a quite different sentence';
  await signUp(page, product, founder);
  await forget(page);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot it?' }).click();
  await expect(page.getByRole('heading', { name: 'Reset your password' })).toBeVisible();
  await page.getByLabel('E-mail').fill(founder.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('Look into your inbox')).toBeVisible();
  await page.goto(await inbox.link(founder.email, /reset your password/i));
  await page.getByRole('textbox', { name: 'New password' }).fill(fresh);
  await page.getByRole('button', { name: 'Save password' }).click();
  await page.waitForURL(/\/workspaces$/);
  await page.getByRole('link', { name: founder.organisation }).click();
  await expect(overview(page)).toBeVisible();
  await forget(page);
  await page.goto(product.tenantUrl(founder.slug, '/sign-in'));
  await fillSignIn(page, founder.email, founder.password);
  await expect(page.getByRole('alert').first()).toBeVisible();
  await fillSignIn(page, founder.email, fresh);
  await expect(overview(page)).toBeVisible();
});

test('an invited person joins by the mailed link', async ({ page, product, inbox, browser }) => {
  const founder = newFounder('team');
  const guest = `grace@${founder.slug}.example`;
  const openInvite = async () => {
    await page.goto(product.tenantUrl(founder.slug, '/members'));
    await page.getByRole('button', { name: 'Invite member' }).click();
    return page.getByRole('dialog');
  };
  await signUp(page, product, founder);
  await test.step('what is in the way is said before the form', async () => {
    const unconfirmed = await openInvite();
    await expect(unconfirmed.getByText('Confirm your own e-mail first')).toBeVisible();
    await expect(unconfirmed.getByLabel('E-mail')).toHaveCount(0);
    await verifyEmail(page, await inbox.link(founder.email, /confirm/i));
    const full = await openInvite();
    await expect(full.getByText('All seats are taken')).toBeVisible();
    await full.getByRole('link', { name: 'See Professional' }).click();
    await page.waitForURL(/\/billing\?plan=professional/);
  });
  await expect(page.getByRole('button', { name: 'Keep after the trial of Starter' })).toBeVisible();
  await page.getByRole('button', { name: 'Start 14-day trial of Professional' }).click();
  await expect(page.getByText('The trial has started.', { exact: false })).toBeVisible();
  await openArea(page, 'Members');
  await page.getByRole('button', { name: 'Invite member' }).click();
  await page.getByRole('dialog').getByLabel('E-mail').fill(guest);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByRole('row', { name: new RegExp(guest) })).toContainText('Invited');
  const visitor = await (await browser.newContext()).newPage();
  await visitor.goto(await inbox.link(guest, /invites you/i));
  await visitor.getByLabel('Your name').fill('Grace Guest');
  await visitor.getByRole('textbox', { name: 'Password' }).fill('yet another long sentence');
  await visitor.getByRole('button', { name: 'Join' }).click();
  await expect(overview(visitor)).toBeVisible();
  await expect(visitor.getByRole('button', { name: /Grace Guest/ })).toBeVisible();
  await visitor.context().close();
  await page.reload();
  await expect(page.getByRole('row', { name: /Grace Guest/ })).toContainText('Analyst');
});
