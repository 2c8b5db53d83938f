import { oldCustomer } from '../harness/customer';
import { expectAccessible, openConsole } from '../harness/operator';
import { expect, test } from '../harness/test';

test('revenue leads from a figure to the rows that it is the sum of', async ({
  page,
  product,
  api,
  provider,
}) => {
  const { organisation, id } = await oldCustomer(api, provider, 'earning', 40);
  await openConsole(page, product, '/admin/revenue?tenants=sandbox');
  await expectAccessible(page);
  const table = page.getByRole('region', { name: 'MRR by month' });
  const running = table.getByRole('row', { name: /running/ });
  const end = running.getByRole('link').last();
  const mrr = (await end.textContent()) ?? '';
  expect(mrr).toMatch(/[1-9]/);
  await end.click();
  await page.waitForURL(/\/revenue\/customers\?/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // The sum of the rows is the figure that led here.
  await expect(page.getByText(`together ${mrr}`)).toBeVisible();
  await expectAccessible(page);
  const row = page.getByRole('row', { name: new RegExp(organisation) }).first();
  await expect(row).toContainText('199.00');
  await row.getByRole('link').click();
  await page.waitForURL(/\/admin\/tenants\/ten_/);
  expect(id).toMatch(/^ten_/);
});
