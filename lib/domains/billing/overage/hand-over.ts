import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { nextMonthOf } from '@/lib/domains/usage';
import { convergeBilling } from '../converge-billing';
import { gatewayOf } from '../gateways/find-gateway';
import type { PendingLine } from '../gateways/pending-lines';
import type { SubscriptionRow } from '../to-dto';
import type { ChargeRow } from './close-month';
import { closeMonths } from './close-months';
import { reportUsage } from './report-usage';

const nouns: Record<string, string> = { api_calls: 'API calls' };

const monthName = (month: Date) =>
  month.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** The line as the gateway gets it. */
export function pendingLineOf(
  row: ChargeRow,
  customer: string,
  { providerId, status }: Pick<SubscriptionRow, 'providerId' | 'status'>,
): PendingLine {
  const { meter, month, revision, units, centsPerThousand, included } = row;
  const corrects = revision > 0;
  const what = `${nouns[meter] ?? meter} beyond the limit, ${monthName(month)}`;
  const closesAt = row.usedUntil;
  return {
    key: `${row.tenantId}-${meter}-${month.toISOString().slice(0, 7)}-${revision}`,
    customer,
    providerId,
    ended: status === 'cancelled',
    currency: row.currency,
    amount: Number(row.amount),
    description: corrects ? `Correction: ${what}` : what,
    period: { start: month, end: nextMonthOf(month) },
    since: corrects ? row.createdAt : closesAt,
    usage: {
      meter,
      units,
      included: included === null ? units : Number(included),
      centsPerThousand,
      uncapped: Number(row.uncapped),
      billedBefore: Number(row.billedBefore),
      ...(corrects ? { correction: true } : {}),
    },
  };
}

type Unsettled = { row: ChargeRow; subscription: SubscriptionRow; customer: string };

/** What was written and isn't where an invoice finds it, oldest first. */
function readUnsettled(ctx: Ctx): Promise<Unsettled[]> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    const rows = await tx.overageCharge.findMany({
      where: { tenantId, settledAt: null, amount: { not: 0 } },
      orderBy: [{ month: 'asc' }, { meter: 'asc' }, { revision: 'asc' }],
      include: { subscription: true },
    });
    const customers = await tx.billingCustomer.findMany({ where: { tenantId } });
    return rows.flatMap(({ subscription, ...row }) => {
      const customer = customers.find(({ gateway }) => gateway === subscription?.gateway);
      return subscription && customer ? [{ row, subscription, customer: customer.customerId }] : [];
    });
  });
}

/** Rule 13: an invoice of its own where the next one is months away or will never come; while paused it waits. */
function isInvoicedAtOnce({ status, billingCycle }: SubscriptionRow): boolean {
  if (status === 'cancelled') return true;
  return status !== 'paused' && billingCycle !== 'monthly';
}

const keyOf = ({ tenantId, meter, month, revision }: ChargeRow) => ({
  tenantId_meter_month_revision: { tenantId, meter, month, revision },
});

const mark = (
  ctx: Ctx,
  row: ChargeRow,
  data: Parameters<Tx['overageCharge']['update']>[0]['data'],
) => withTenant(ctx, (tx) => tx.overageCharge.update({ where: keyOf(row), data }));

/**
 * Hands to the gateways what was written: each charge a pending line, by its key; then, by rule 13, an invoice of what is pending,
 * which is taken over at once. Killed after any step it is repeated without a second effect, and with the whole first
 * one: what was invoiced counts as settled when its invoice is known here. Answers how many.
 */
export async function handOver(ctx: Ctx): Promise<number> {
  const unsettled = await readUnsettled(ctx);
  const settle = (row: ChargeRow) => mark(ctx, row, { settledAt: ctx.clock.now() });
  const invoiced: ChargeRow[] = [];
  for (const { row, subscription, customer } of unsettled) {
    const { pendingLines } = gatewayOf(subscription);
    // Nothing is charged where nothing can be handed over.
    if (!pendingLines) continue;
    const line = pendingLineOf(row, customer, subscription);
    const lineId = row.providerLineId ?? (await pendingLines.add(line));
    if (row.providerLineId === null) await mark(ctx, row, { providerLineId: lineId });
    if (isInvoicedAtOnce(subscription)) {
      const { invoiceDays } = subscription;
      await pendingLines.invoice({ ...line, lineId, invoiceDays, now: ctx.clock.now() });
      invoiced.push(row);
    } else await settle(row);
  }
  if (invoiced.length > 0) await convergeBilling(ctx);
  for (const row of invoiced) await settle(row);
  return unsettled.length;
}

/** The job's work: what is to be charged, written down and handed over, and what the provider's meters are told. */
export async function settleOverage(ctx: Ctx): Promise<void> {
  await closeMonths(ctx);
  await handOver(ctx);
  await reportUsage(ctx, { compare: false });
}
