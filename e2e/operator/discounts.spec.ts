import { newCustomer } from '../harness/customer';
import { consoleUrl, expectAccessible, invite, join, openConsole } from '../harness/operator';
import { expect, test } from '../harness/test';

test('everything for ever is given by two operators', async ({
  page,
  browser,
  product,
  inbox,
  api,
  provider,
}) => {
  test.setTimeout(180_000);
  const { customer } = await newCustomer(api, provider, 'partner');
  const email = `colleague-${Date.now()}@example.com`;
  await openConsole(page, product, '/admin/operators');
  const link = await invite(page, inbox, { name: 'Colleague', email, role: 'finance' });
  const second = await join(browser, link, 'nobody else knows this one 4');
  await test.step('one asks for it', async () => {
    await page.goto(consoleUrl(product, `/admin/tenants/${customer.id}`));
    await page.getByRole('button', { name: 'Give a discount' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Percent off').fill('100');
    await dialog.getByLabel('For how long').selectOption('forever');
    await dialog.getByLabel('Reason').fill('A partner of ours');
    await dialog.getByRole('button', { name: 'Give discount' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Waits for a second operator')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve' })).toBeHidden();
    await expectAccessible(page);
  });
  await test.step('another one approves it', async () => {
    await second.goto(consoleUrl(product, `/admin/discounts?q=${customer.slug}`));
    await expectAccessible(second);
    await second.getByRole('button', { name: 'Approve' }).click();
    const dialog = second.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Approve discount' }).click();
    await expect(dialog).toBeHidden();
    await expect(
      second.getByRole('row', { name: new RegExp(customer.organisation) }),
    ).toContainText('Approved');
    await page.reload();
    await expect(page.getByRole('region', { name: 'Discount' })).toContainText('100% off');
  });
});
