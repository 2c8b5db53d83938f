import { expect, it, vi } from 'vitest';
import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import { createTenant, useBillingWorld, subscribe } from '@/lib/testing/billing-world';
import { invoiceLine, issueAsTest } from '@/lib/testing/invoice-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import { changeSubscription, explainInvoice, invoiceExplanation, listInvoices } from '.';
import type { InvoiceLineFacts } from './invoice-lines';

vi.setConfig({ testTimeout: 90_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);

const used = {
  meter: 'api_calls',
  units: 15_000,
  included: 10_000,
  centsPerThousand: 40,
  uncapped: 200,
  billedBefore: 0,
};
const overage: InvoiceLineFacts = {
  ...invoiceLine,
  kind: 'overage',
  itemKey: 'api_calls',
  quantity: 5_000,
  unitAmount: '0.04',
  amount: 200,
  usage: used,
  periodStart: new Date('2026-09-01T00:00:00Z'),
  periodEnd: new Date('2026-10-01T00:00:00Z'),
};

async function explained(lines: InvoiceLineFacts[]) {
  const tenant = await createTenant(world);
  const { ctx } = tenant;
  const row = await withTenant(ctx, (tx) => issueAsTest(tx, ctx, { lines }));
  const id = publicId('invoice', row.id);
  return { ...tenant, id, explain: () => explainInvoice(ctx, id) };
}

it('leads from a part of a period to its rule, its sum, and the person who changed the plan', async () => {
  const { ctx, slug } = await createTenant(world);
  const made = await subscribe(ctx);
  await changeSubscription(ctx, made.id, { plan_id: 'enterprise' });
  const [changed, first] = (await listInvoices(ctx, { limit: 2 })).data;
  const why = await explainInvoice(ctx, changed?.id ?? '');
  expect(invoiceExplanation.parse(why)).toEqual(why);
  expect(why.lines.map(({ rule }) => rule?.number)).toEqual([7, 5]);
  for (const { arithmetic, change } of why.lines) {
    expect(arithmetic).toMatchObject({ agrees: true, formula: 'whole × seconds / of_seconds' });
    expect(change).toMatchObject({
      by: `${slug}@example.com`,
      from: { plan_id: 'professional', billing_cycle: 'monthly' },
      to: { plan_id: 'enterprise', billing_cycle: 'monthly' },
    });
  }
  expect(why.lines[1]?.arithmetic?.text).toMatch(
    /^\$999\.00 × [\d,]+ s ÷ [\d,]+ s = \$9\d\d\.\d\d$/,
  );
  const before = await explainInvoice(ctx, first?.id ?? '');
  expect(before.lines).toMatchObject([
    {
      rule: { number: 4 },
      change: null,
      arithmetic: { text: '1 × $199.00 = $199.00', agrees: true },
    },
  ]);
});

it('leads from an overage to its days and their sum', async () => {
  const { ctx, explain } = await explained([overage]);
  const uses: [string, number][] = [
    ['2026-08-31T23:00:00Z', 99],
    ['2026-09-01T00:00:00Z', 9_000],
    ['2026-09-30T23:00:00Z', 6_000],
    ['2026-10-01T00:00:00Z', 77],
  ];
  for (const [hour, amount] of uses) {
    await world.admin.query(
      `INSERT INTO usage_rollup (tenant_id, meter, hour, dimension, count, sum, max, last, last_at)
       VALUES ($1, 'api_calls', $2, '', $3::int, $3::int, $3::int, $3::int, $2)`,
      [ctx.tenantId, hour, amount],
    );
  }
  const [line] = (await explain()).lines;
  expect(line).toMatchObject({
    rule: { number: 13 },
    arithmetic: { text: '(15,000 − 10,000) × $0.40 ÷ 1,000 = $2.00', agrees: true },
    usage: { meter: 'api_calls', billed_units: 15_000, included_units: 10_000, total: 15_000 },
  });
  expect(line?.usage?.days).toHaveLength(30);
  expect(line?.usage?.days?.filter(({ value }) => value !== 0)).toEqual([
    { start: '2026-09-01T00:00:00.000Z', value: 9_000 },
    { start: '2026-09-30T00:00:00.000Z', value: 6_000 },
  ]);
});

it('works out a budget and a correction, and says so when a sum does not agree', async () => {
  const capped = { ...overage, amount: 150 };
  const correction: InvoiceLineFacts = {
    ...overage,
    kind: 'overage_correction',
    amount: -50,
    usage: { ...used, uncapped: 150, units: 13_750, billedBefore: 200 },
  };
  const wrong = { ...overage, amount: 200, usage: { ...used, uncapped: 999 } };
  const { explain } = await explained([capped, correction, wrong]);
  const { lines, sums } = await explain();
  expect(
    lines.map(({ rule, arithmetic }) => [rule?.number, arithmetic?.text, arithmetic?.agrees]),
  ).toEqual([
    [13, '(15,000 − 10,000) × $0.40 ÷ 1,000 = $2.00; at most the budget of $1.50', true],
    [14, '(13,750 − 10,000) × $0.40 ÷ 1,000 = $1.50; less $2.00 billed before = −$0.50', true],
    [13, expect.any(String), false],
  ]);
  expect(sums.map(({ label, amount, rule }) => [label, amount.amount, rule?.number])).toEqual([
    ['Subtotal', 300, undefined],
    ['Total', 300, 12],
    ['Amount due', 300, undefined],
  ]);
});

it('admits what it does not know', async () => {
  const { explain } = await explained([
    { ...invoiceLine, kind: 'other', itemKey: null, unitAmount: null, amount: 500 },
    { ...invoiceLine, kind: 'unused_time', unitAmount: null, amount: -700 },
  ]);
  expect((await explain()).lines).toMatchObject([
    { rule: null, arithmetic: null, change: null, usage: null },
    { rule: { number: 7 }, arithmetic: null, change: null },
  ]);
});

it('tells nobody else, and no days to a key that may not read usage', async () => {
  const { ctx, as, id } = await explained([overage]);
  const stranger = await createTenant(world);
  await expect(explainInvoice(stranger.ctx, id)).rejects.toMatchObject({ kind: 'not_found' });
  await expect(explainInvoice(as('viewer'), id)).rejects.toMatchObject({ code: 'forbidden' });
  const key: Ctx = {
    ...ctx,
    actor: {
      kind: 'apiKey',
      keyId: newId(),
      createdBy: newId(),
      role: 'owner',
      scopes: ['billing:read'],
      asleep: null,
    },
  };
  expect((await explainInvoice(key, id)).lines[0]?.usage).toMatchObject({
    days: null,
    total: null,
  });
});
