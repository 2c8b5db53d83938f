import { newCustomer } from '../harness/customer';
import { consoleUrl, expectAccessible, openConsole } from '../harness/operator';
import { expect, test } from '../harness/test';

test('what was changed at the provider by hand is found, and healed with one click', async ({
  page,
  product,
  api,
  provider,
}) => {
  const { customer } = await newCustomer(api, provider, 'drifting');
  const { slug, email, organisation } = customer;
  await provider.endSubscription(email);
  await openConsole(page, product, `/admin/drift?q=${slug}`);
  const row = page.getByRole('row', { name: new RegExp(organisation) });
  await expect(async () => {
    await page.reload();
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(row).toContainText(/We want goes on.*Provider says ends with the period/);
  await expectAccessible(page);
  await row.getByRole('button', { name: 'Heal' }).click();
  const dialog = page.getByRole('dialog', { name: `Which side is right for “${organisation}”?` });
  await dialog.getByRole('button', { name: 'Push ours' }).click();
  await expect(page.getByText('Both sides say the same')).toBeVisible();
  await expect(row).toBeHidden();
  await page.goto(consoleUrl(product, `/admin/webhooks?provider=stripe&state=queued`));
  await test.step('a webhook is looked at and replayed', async () => {
    await expectAccessible(page);
    await page.getByRole('link', { name: 'customer.subscription.updated' }).first().click();
    await expect(
      page.getByRole('heading', { name: 'customer.subscription.updated' }),
    ).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Replay webhook' }).click();
    await expect(page.getByText('Queued: the worker deals with it within seconds')).toBeVisible();
  });
});
