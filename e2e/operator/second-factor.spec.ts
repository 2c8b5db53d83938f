import { generateSync } from 'otplib';
import { expectAccessible, OPERATOR_EMAIL, openConsole, signInOperator } from '../harness/operator';
import { expect, test } from '../harness/test';

// After all others (see the projects of the configuration): from here on a code is asked for.
test('an operator turns on the second factor and signs in by a recovery code', async ({
  page,
  product,
}) => {
  await openConsole(page, product, '/admin/security');
  await page.getByRole('button', { name: 'Show the QR code' }).click();
  await expect(page.getByAltText(/QR code/)).toBeVisible();
  await expectAccessible(page);
  const secret = (await page.locator('output').first().textContent()) ?? '';
  await page.getByLabel('Code from the app').fill(generateSync({ secret: secret.trim() }));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByText('The second factor is on')).toBeVisible();
  const [recovery = ''] = ((await page.locator('pre').textContent()) ?? '').split('\n');
  await page.getByRole('button', { name: OPERATOR_EMAIL }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/admin\/sign-in/);
  await signInOperator(page);
  await page.waitForURL(/\/admin\/verify/);
  await expectAccessible(page);
  await page.getByLabel('Code', { exact: true }).fill(recovery);
  await page.getByRole('button', { name: 'Confirm code' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});
