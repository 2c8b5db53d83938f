import { expect, test } from '../harness/test';

test('the printed address opens the landing page without an error', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the sandbox shows its inbox to a browser', async ({ page, product }) => {
  const answer = await page.goto(product.sandboxUrl);
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('health is answered by the gateway on the same port', async ({ product, request }) => {
  const answer = await request.get(`http://127.0.0.1:${product.port}/api/v1/health`, {
    headers: { host: `localhost:${product.port}` },
  });
  expect(answer.status()).toBe(200);
});
