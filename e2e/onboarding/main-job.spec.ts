import type { Page } from '@playwright/test';
import type { ApiProgram } from '../harness/api-program';
import { area, openArea, payByCard, payNow, runBacktest } from '../harness/dashboard';
import { fillSignUp, newFounder, verifyEmail } from '../harness/founder';
import { expect, test } from '../harness/test';

const DECLINED = '4000000000000002';
const GOOD = '4242424242424242';
const DAY = 86_400_000;

/** Daily bars that rise and fall, so that averages cross. */
function barsCsv(count: number): string {
  const rows = Array.from({ length: count }, (_, day) => {
    const at = (n: number) => 100 + n * 0.05 + 10 * Math.sin(n / 9);
    const [open, close] = [at(day), at(day + 1)];
    const [high, low] = [Math.max(open, close) + 0.5, Math.min(open, close) - 0.5];
    const time = new Date(Date.UTC(2022, 0, 1) + day * DAY).toISOString().slice(0, 10);
    return [time, ...[open, high, low, close].map((n) => n.toFixed(2)), 1000 + day].join(',');
  });
  return ['time,open,high,low,close,volume', ...rows, ''].join('\n');
}

async function uploadBars(page: Page) {
  await openArea(page, 'Market data');
  await page.getByRole('button', { name: 'Add instrument' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Symbol').fill('DEMO');
  await dialog.getByRole('button', { name: 'Add instrument' }).click();
  await page.waitForURL(/\/market-data\/DEMO/);
  await page.locator('input[type=file]').setInputFiles({
    name: 'demo.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(barsCsv(400)),
  });
  await page.getByRole('button', { name: 'Upload bars' }).click();
  await expect(page.getByText('400 bars added')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'DEMO, 1d' })).toBeVisible();
}

async function editPreset(page: Page) {
  await openArea(page, 'Strategies');
  await page.getByRole('link', { name: 'New strategy' }).first().click();
  await page.waitForURL(/\/strategies\/new/);
  await page.getByLabel('Name').fill('Fast cross');
  const fast = page.getByLabel('Value').first();
  await fast.fill('5');
  await expect(page.getByText('Buys when SMA(5) crosses above SMA(30).')).toBeVisible();
  await page.getByRole('button', { name: 'Save strategy' }).click();
  await page.waitForURL(/\/strategies\/stg_/);
  await expect(page.getByRole('heading', { name: 'Fast cross', level: 1 })).toBeVisible();
}

/** By name, with nothing but the keyboard. */
async function findStrategy(page: Page) {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search and commands' }).fill('fast cr');
  await expect(page.getByRole('option', { name: 'Fast cross', exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/strategies\/stg_/);
  await expect(page.getByRole('heading', { name: 'Fast cross', level: 1 })).toBeVisible();
}

async function readResult(page: Page) {
  await expect(page.getByText('Succeeded')).toBeVisible();
  for (const name of ['Equity, back-test', 'Trades on DEMO, 1d'])
    await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page.getByText(/^Drawdown/).first()).toBeVisible();
  const trades = page.getByRole('region', { name: 'Trades' }).getByRole('row');
  expect(await trades.count()).toBeGreaterThan(5);
  for (const metric of ['Sharpe ratio', 'Maximum drawdown', 'Win rate', 'Calmar ratio', 'CAGR'])
    await expect(page.getByText(metric, { exact: true }).first()).toBeVisible();
}

/** The first back-test was run by hand; programs run the rest of the month's ten, and one too many. */
async function useUpQuota(program: ApiProgram) {
  const strategies = await program.call<{ data: { id: string }[] }>('GET', '/strategies');
  const run = {
    strategy_id: strategies.body.data[0]?.id,
    symbol: 'SPX',
    timeframe: '1d',
    cash: 1e5,
  };
  for (let used = 1; used < 10; used += 1)
    expect((await program.call('POST', '/backtests', run)).status).toBe(202);
  expect(await program.call('POST', '/backtests', run)).toMatchObject({
    status: 402,
    body: {
      code: 'quota_exceeded',
      limit: 10,
      used: 10,
      upgrade_to: 'professional',
      detail: expect.stringContaining('Professional'),
    },
  });
  return run;
}

async function createKey(page: Page): Promise<string> {
  await openArea(page, 'API keys');
  await page.getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nightly import');
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  await expect(dialog.getByText('Copy it now')).toBeVisible();
  await dialog.getByRole('button', { name: 'Show', exact: true }).click();
  const secret = (await dialog.getByRole('status', { name: 'API key' }).textContent()) ?? '';
  expect(secret).toMatch(/^nz_live_\w+$/);
  await dialog.getByRole('button', { name: 'Close without copying' }).click();
  await expect(page.getByRole('row', { name: /Nightly import/ })).toBeVisible();
  return secret;
}

test('a visitor becomes a customer whose programs call the API', async ({
  page,
  product,
  inbox,
  api,
  faults,
}) => {
  test.setTimeout(240_000);
  const founder = newFounder('acme');
  const home = product.tenantUrl(founder.slug);
  await test.step('from the landing page over the prices to an organisation on trial', async () => {
    await page.goto('/');
    await page
      .getByRole('navigation', { name: 'Site' })
      .getByRole('link', { name: 'Pricing' })
      .click();
    const starter = page.getByRole('listitem').filter({
      has: page.getByRole('heading', { name: 'Starter' }),
    });
    await starter.getByRole('link', { name: 'Start 14-day trial' }).click();
    await page.waitForURL(/\/sign-up/);
    await fillSignUp(page, product, founder);
    await expect(page.getByText('Trial: 14 days left.')).toBeVisible();
  });
  await test.step('the mailed link confirms the address', async () => {
    await verifyEmail(page, await inbox.link(founder.email, /confirm/i));
    await page.goto(home);
    await expect(page.getByText(/Confirm your address/)).toBeHidden();
  });
  await test.step('bars by CSV', () => uploadBars(page));
  await test.step('a strategy from a preset, edited', () => editPreset(page));
  await test.step('a slip in an address stays inside the workspace', async () => {
    faults.expectStatus(404);
    await page.goto(`${home}strategies/stg_nothing`);
    await expect(page.getByText('There is nothing at this address')).toBeVisible();
    await expect(area(page, 'Strategies')).toBeVisible();
  });
  await test.step('the strategy is found by name', () => findStrategy(page));
  await test.step('a back-test with its result', async () => {
    await runBacktest(page, 'DEMO 1d');
    await readResult(page);
  });
  const program = await api.signedIn(founder.email, founder.password, founder.slug);
  const run = await test.step('the month’s ten are used up', () => useUpQuota(program));
  await test.step('what now: the plan that lifts it', async () => {
    await page.goto(`${home}backtests/new`);
    await expect(page.getByText('All 10 back-tests of this month are used')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Start back-test' })).toBeDisabled();
    await page.getByRole('link', { name: 'See Professional' }).click();
    await page.waitForURL(/\/billing/);
  });
  await test.step('a declined card, then a good one', async () => {
    await payNow(page, 'Professional');
    // Stripe's page answers a declined card with its own error.
    faults.expectStatus(402);
    await payByCard(page, DECLINED);
    await expect(page.getByTestId('checkout-error')).toContainText('declined');
    await payByCard(page, GOOD);
    await page.waitForURL((url) => url.href.startsWith(`${home}billing`));
  });
  await test.step('active without a reload, and the quota is lifted', async () => {
    await expect(page.getByText('Payment received. Professional is active.')).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText('10 of 100', { exact: true })).toBeVisible();
    await expect(page.getByRole('row', { name: /NeoZork Professional.*Paid/ })).toBeVisible();
    expect((await program.call('POST', '/backtests', run)).status).toBe(202);
  });
  const key = api.withToken(await test.step('an API key', () => createKey(page)));
  await test.step('calls with it move the counters as they come', async () => {
    await openArea(page, 'Usage');
    const rail = page.getByRole('complementary', { name: 'Workspace' });
    const ring = rail.getByRole('link', { name: /API calls this month/ });
    const before = Number(/(\d+) of 100k/i.exec(await ring.innerText())?.[1]);
    const board = page.getByRole('region', { name: 'Quotas' });
    await expect(board.getByText(`${before} of 100,000 calls`)).toBeVisible();
    // Limits of the plan that is paid, not of the one under which the bytes were counted.
    await expect(board.getByText(/ of 10 GB$/)).toBeVisible();
    for (let call = 0; call < 3; call += 1)
      expect((await key.call('GET', '/strategies')).status).toBe(200);
    await expect(ring).toContainText(`${before + 3} of 100k`, { ignoreCase: true });
    await expect(board.getByText(`${before + 3} of 100,000 calls`)).toBeVisible();
  });
  await expect(area(page, 'Billing')).toBeVisible();
});
