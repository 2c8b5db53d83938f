import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  declineQuote,
  getQuote,
  getQuotePdf,
  listPlans,
  listQuotes,
  requestQuote,
} from '@/lib/domains/billing';
import { withSystem, withTenant } from '@/lib/infra/db';
import type { Ctx, OperatorCtx } from '@/lib/kernel/ctx';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { auditActions, createTenant, useBillingWorld } from '@/lib/testing/billing-world';
import { makeOperator, newOperator, platformAudit } from '@/lib/testing/operator-world';
import { queuedMails } from '@/lib/testing/queued-mails';
import {
  financeOperator,
  offeredQuote,
  quoted,
  sendTo,
  sentQuoteFor,
} from '@/lib/testing/quote-world';
import { useTestDatabase } from '@/lib/testing/test-database';
import {
  createQuote,
  getAdminPlan,
  getAdminQuote,
  listAllQuotes,
  publishPlanDraft,
  saveQuoteDraft,
  sendQuote,
  withdrawQuote,
} from '..';
import { savePlanDraft } from '../plans/edit-draft';
import { adminQuoteQuery, quoteDraftForm } from './schemas';
import { tellOperatorsOfQuote } from './tell-operators';

vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
const world = useBillingWorld(database);
const DAY = 86_400_000;
let operator: OperatorCtx;
let ctx: Ctx;
let as: Awaited<ReturnType<typeof createTenant>>['as'];

beforeAll(async () => {
  operator = await financeOperator(world.admin);
});
beforeEach(async () => {
  ({ ctx, as } = await createTenant(world));
});

const dayFrom = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const ask = (by = ctx) => requestQuote(by, { billing_cycle: 'annual', message: 'For 80 people.' });
const uuidOf = (id: string) => parsePublicId('quote', id) ?? '';
const mails = async () => (await queuedMails(world.admin)).length;

describe('a request', () => {
  it('is one at a time, by those who may buy, and seen by operators with its words', async () => {
    await expect(ask(as('viewer'))).rejects.toMatchObject({ kind: 'forbidden' });
    const made = await ask(as('billing'));
    expect(made).toMatchObject({ status: 'requested', sent: null });
    expect(made.number).toMatch(/^NQ-\d{4}-\d{6}$/);
    await expect(ask()).rejects.toMatchObject({
      code: 'quote_open',
      extra: { quote_id: made.id },
    });
    expect(await getAdminQuote(operator, made.id)).toMatchObject({
      status: 'requested',
      request: { message: 'For 80 people.' },
      start_from: { price: null, billing_cycle: 'annual', currency: 'usd', net_days: 30 },
    });
    const { data } = await listAllQuotes(operator, adminQuoteQuery.parse({ status: 'requested' }));
    expect(data.map(({ id }) => id)).toContain(made.id);
  });

  it('is mailed to operators of finance and admins alone', async () => {
    const { id } = await ask();
    await makeOperator(world.admin, 'support', 'support@operators.example');
    await makeOperator(world.admin, 'admin', 'admin@operators.example');
    const before = await mails();
    await tellOperatorsOfQuote(ctx.tenantId, uuidOf(id), 'requested');
    expect(await mails()).toBe(before + 2);
  });

  it('doesn’t show its draft to the customer', async () => {
    const { id } = await ask();
    await saveQuoteDraft(operator, { id, draft_revision: 0, content: quoted() });
    expect(await getQuote(ctx, id)).toMatchObject({ status: 'requested', sent: null });
    expect(await auditActions(world, ctx)).toEqual(['quote.requested']);
    await expect(getQuotePdf(ctx, id, 'a4')).rejects.toMatchObject({ kind: 'not_found' });
    await expect(declineQuote(ctx, id, { revision: 1 })).rejects.toMatchObject({
      code: 'quote_requested',
    });
  });
});

describe('a quote that was sent', () => {
  it('is mailed, listed and never changed; a change is a revision that takes its place', async () => {
    const before = await mails();
    const sent = await sentQuoteFor(ctx, operator);
    expect(await mails()).toBe(before + 1);
    expect(sent).toMatchObject({ status: 'sent', revision: 1, draft: null, has_draft: false });
    const change = withSystem('test', (tx) =>
      tx.quoteRevision.updateMany({ where: { quoteId: uuidOf(sent.id) }, data: { content: {} } }),
    );
    await expect(change).rejects.toThrow(/permission denied/);
    const content = quoted({ price: 1_800_000 });
    const draft = await saveQuoteDraft(operator, {
      id: sent.id,
      draft_revision: sent.draft_revision,
      content,
    });
    // Until it is sent, the customer has the one before.
    expect(await getQuote(ctx, sent.id)).toMatchObject({
      sent: { revision: 1, price: { amount: 2_400_000 } },
    });
    const revised = await sendQuote(operator, {
      id: sent.id,
      draft_revision: draft.draft_revision,
    });
    expect(revised.revisions.map(({ revision, price }) => [revision, price.amount])).toEqual([
      [2, 1_800_000],
      [1, 2_400_000],
    ]);
    expect(await getQuote(ctx, sent.id)).toMatchObject({
      sent: { revision: 2, price: { amount: 1_800_000 } },
    });
    expect((await listQuotes(ctx, { limit: 10 })).data).toHaveLength(1);
  });

  it('is refused to the second of two operators who write', async () => {
    const { id } = await ask();
    const content = quoted();
    const both = await Promise.allSettled([
      saveQuoteDraft(operator, { id, draft_revision: 0, content }),
      saveQuoteDraft(operator, { id, draft_revision: 0, content }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'draft_changed' },
    });
    await expect(sendQuote(operator, { id, draft_revision: 0 })).rejects.toMatchObject({
      code: 'draft_changed',
    });
  });

  it('needs a draft, and a day that isn’t over', async () => {
    const { id } = await ask();
    await expect(sendQuote(operator, { id, draft_revision: 0 })).rejects.toMatchObject({
      code: 'no_draft',
    });
    const late = quoted({ valid_until: new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10) });
    await expect(sendTo(operator, { id, draft_revision: 0 }, late)).rejects.toMatchObject({
      code: 'in_the_past',
    });
  });

  it('is withdrawn with a reason that both logs keep', async () => {
    const { id } = await offeredQuote(ctx, operator);
    await withdrawQuote(operator, { id, reason: 'A mistake in the price.' });
    expect(await getQuote(ctx, id)).toMatchObject({
      status: 'withdrawn',
      reason: 'A mistake in the price.',
    });
    expect(await auditActions(world, ctx)).toContain('quote.withdrawn');
    expect(await platformAudit(world.admin)).toEqual(
      expect.arrayContaining(['quote.begun', 'quote.draft_saved', 'quote.sent', 'quote.withdrawn']),
    );
    await expect(withdrawQuote(operator, { id, reason: 'Again.' })).rejects.toMatchObject({
      code: 'quote_withdrawn',
    });
  });
});

describe('what a quote sells', () => {
  it('is a version of the plan that one tenant alone sees, and is on sale for nobody', async () => {
    const sent = await sentQuoteFor(ctx, operator);
    const version = sent.revisions[0]?.plan_version ?? 0;
    const see = (by: Ctx) =>
      withTenant(by, (tx) => tx.planVersion.count({ where: { planId: 'institutional', version } }));
    expect(await see(ctx)).toBe(1);
    expect(await see((await createTenant(world)).ctx)).toBe(0);
    const onSale = await listPlans(ctx);
    expect(onSale.find(({ id }) => id === 'institutional')?.prices.annual).toBeNull();
    const plan = await getAdminPlan(operator, 'institutional');
    expect(plan.versions.map((one) => one.version)).not.toContain(version);
  });

  it('takes no number from the catalogue’s own versions', async () => {
    const by = await newOperator(world.admin, 'admin', 'catalogue@operators.example');
    const plan = await getAdminPlan(by, 'institutional');
    const content = plan.versions[0]?.content;
    if (!content) throw new Error('it was published once');
    await savePlanDraft(by, {
      id: 'institutional',
      revision: 0,
      content: { ...content, trial_days: content.trial_days + 1 },
    });
    const sent = await sentQuoteFor(ctx, operator);
    const published = await publishPlanDraft(by, { id: 'institutional', revision: 1 });
    expect(published.on_sale).toBe((sent.revisions[0]?.plan_version ?? 0) + 1);
  });
});

describe('a quote for a tenant in a time of its own', () => {
  const goTo = (days: number) =>
    world.admin.query(
      `INSERT INTO tenant_clock (tenant_id, gateway, clock_id, at, created_at, moved_at)
       VALUES ($1, 'stripe', 'clock_1', now() + $2 * interval '1 day', now(), now())
       ON CONFLICT (tenant_id) DO UPDATE SET at = EXCLUDED.at`,
      [ctx.tenantId, days],
    );
  const listed = async () =>
    (await listAllQuotes(operator, adminQuoteQuery.parse({ status: 'sent' }))).data.map(
      ({ id }) => id,
    );

  it('is open for operators as long as it is for the tenant', async () => {
    await goTo(-60);
    const { id } = await sentQuoteFor(ctx, operator, quoted({ valid_until: dayFrom(-30) }));
    expect(await getAdminQuote(operator, id)).toMatchObject({ status: 'sent' });
    expect(await listed()).toContain(id);
    await goTo(-20);
    expect(await getAdminQuote(operator, id)).toMatchObject({ status: 'expired' });
    expect(await listed()).not.toContain(id);
  });

  it('begins open for a month of that time', async () => {
    await goTo(400);
    const { start_from } = await createQuote(operator, {
      tenant_id: publicId('tenant', ctx.tenantId),
    });
    expect(start_from.valid_until).toBe(dayFrom(430));
  });
});

describe('the console’s rules', () => {
  it('let support look, and nothing more', async () => {
    const { id } = await ask();
    const by = await newOperator(world.admin, 'support', 'looks@operators.example');
    expect(await getAdminQuote(by, id)).toMatchObject({ id });
    const content = quoted();
    for (const act of [
      () => createQuote(by, { tenant_id: 'ten_x' }),
      () => saveQuoteDraft(by, { id, draft_revision: 0, content }),
      () => sendQuote(by, { id, draft_revision: 0 }),
      () => withdrawQuote(by, { id, reason: 'No.' }),
    ]) {
      await expect(act()).rejects.toMatchObject({ kind: 'forbidden' });
    }
  });

  it('read amounts as they are typed, and name the field that can’t be', () => {
    const form = {
      id: 'quo_x',
      draft_revision: '0',
      price: '24000.50',
      currency: 'usd',
      billing_cycle: 'annual',
      net_days: '30',
      valid_until: '2199-12-31',
      ...Object.fromEntries(Object.keys(quoted().limits).map((name) => [`limits.${name}`, ''])),
      'overage.api_calls': '0.25',
    };
    expect(quoteDraftForm.parse(form).content).toMatchObject({
      price: 2_400_050,
      limits: { members: null },
      overage: { api_calls: 25 },
      terms: '',
    });
    for (const [field, value] of [
      ['price', ''],
      ['price', '0'],
      ['net_days', '0'],
      ['net_days', '91'],
      ['valid_until', '31.12.2199'],
      ['currency', 'jpy'],
      ['overage.api_calls', 'some'],
    ] as const) {
      const { error } = quoteDraftForm.safeParse({ ...form, [field]: value });
      expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
    }
  });
});
