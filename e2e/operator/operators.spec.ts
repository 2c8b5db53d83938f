import type { Page } from '@playwright/test';
import { consoleUrl, expectAccessible, invite, join, openConsole } from '../harness/operator';
import { expect, test } from '../harness/test';

const PASSWORD = 'nobody else knows this one 4';

/** Opens a dialog from the menu of an operator's row, says why, and confirms. */
async function act(page: Page, email: string, verb: string): Promise<void> {
  await page.getByRole('button', { name: `Acts for ${email}` }).click();
  await page.getByRole('menuitem', { name: verb }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('As agreed in the team');
  await dialog.getByRole('button', { name: verb }).click();
  await expect(dialog).toBeHidden();
}

test('an operator is invited, chooses a password of their own, and is shut out again', async ({
  page,
  browser,
  product,
  inbox,
}) => {
  test.setTimeout(180_000);
  const email = `second-${Date.now()}@example.com`;
  const row = page.getByRole('row', { name: new RegExp(email) });
  let link = '';
  await test.step('an administrator sends an invitation', async () => {
    await openConsole(page, product, '/admin/operators');
    await expectAccessible(page);
    link = await invite(page, inbox, { name: 'Second Operator', email, role: 'finance' });
    await expect(row).toContainText('Invited');
  });
  const second =
    await test.step('the invited one chooses a password, by a link that is good once', async () => {
      const joined = await join(browser, link, PASSWORD);
      await page.goto(link);
      await expect(page.getByText('This link was used already')).toBeVisible();
      return joined;
    });
  await test.step('their own account is theirs, and colleagues are not', async () => {
    await second.goto(consoleUrl(product, '/admin/operators'));
    await expect(second.getByText('Operators are for administrators')).toBeVisible();
    await second.goto(consoleUrl(product, '/admin/security'));
    await expectAccessible(second);
    await second.getByRole('textbox', { name: 'Current password' }).fill('not the password');
    await second.getByRole('textbox', { name: 'New password' }).fill(`${PASSWORD} too`);
    await second.getByRole('button', { name: 'Change password' }).click();
    await expect(second.getByText('This is not your current password.')).toBeVisible();
    await second.getByRole('textbox', { name: 'Current password' }).fill(PASSWORD);
    await second.getByRole('button', { name: 'Change password' }).click();
    await expect(second.getByText('Your password is changed')).toBeVisible();
  });
  const again =
    await test.step('who forgot their password is sent a link, and is out until it is used', async () => {
      await page.goto(consoleUrl(product, '/admin/operators'));
      await expect(row).toContainText('Active');
      await act(page, email, 'Send link for a new password');
      await expect(row).toContainText('To choose a new password');
      await second.reload();
      await second.waitForURL(/\/admin\/sign-in/);
      const anew = await inbox.link(email, /Choose a new password/);
      return join(browser, anew, `${PASSWORD} anew`);
    });
  await test.step('an administrator changes the role, and shuts them out at once', async () => {
    await page.reload();
    await expect(row).toContainText('Active');
    await page.getByRole('button', { name: `Acts for ${email}` }).click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Role').selectOption('support');
    await dialog.getByLabel('Reason').fill('Moves to support');
    await dialog.getByRole('button', { name: 'Change role' }).click();
    await expect(row).toContainText('Support');
    await act(page, email, 'Disable operator');
    await expect(row).toContainText('Disabled');
    await again.reload();
    await again.waitForURL(/\/admin\/sign-in/);
  });
});

test('an invitation is withdrawn, and its link says so', async ({ page, product, inbox }) => {
  const email = `withdrawn-${Date.now()}@example.com`;
  await openConsole(page, product, '/admin/operators');
  const link = await invite(page, inbox, { name: 'Nobody After All', email, role: 'support' });
  await act(page, email, 'Withdraw invitation');
  await expect(page.getByRole('row', { name: new RegExp(email) })).toContainText(
    'Invitation withdrawn',
  );
  await page.goto(link);
  await expect(page.getByText('This link was withdrawn')).toBeVisible();
  await expectAccessible(page);
});

test('a month that there isn’t is told, instead of another one', async ({ page, product }) => {
  await openConsole(page, product, '/admin/revenue/customers?month=2026-99');
  await expect(page.getByText('There is no such month')).toBeVisible();
  await expectAccessible(page);
});
