import { recordAudit } from '@/lib/domains/audit';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { dunningContract } from '../job-contracts';
import { aboutTenant, mailPayers } from '../mails/payers';
import { writeMoney } from '../pdf/paper-words';
import type { SubscriptionRow } from '../to-dto';
import { gatewayOf } from '../gateways/find-gateway';
import { factsOf, owedOf } from './facts';
import { dueNotice, dunningDays, nextDunningMoment } from './schedule';

/** What is overdue, and where it is paid; `about` names it for ever. */
type Overdue = {
  about: string;
  invoiceId: string | null;
  invoiceNumber: string | null;
  amount: number;
  currency: string;
  link: string;
};

/** The invoice that is overdue: the oldest that the subscription owes. */
async function owedInvoice(
  tx: Tx,
  { tenantId, id }: SubscriptionRow,
  billing: string,
): Promise<Overdue | null> {
  const invoice = await tx.invoice.findFirst({
    where: {
      tenantId,
      subscriptionId: id,
      status: { in: ['open', 'uncollectible'] },
      amountDue: { gt: 0 },
    },
    orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
  });
  if (!invoice) return null;
  const publicInvoice = publicId('invoice', invoice.id);
  return {
    about: invoice.id,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number ?? publicInvoice,
    amount: Number(invoice.amountDue - invoice.amountPaid),
    currency: invoice.currency,
    link: invoice.hostedUrl ?? `${billing}/invoices/${publicInvoice}`,
  };
}

/** What is owed without an invoice since it first failed; it is paid on the billing page. */
function owedAlone(row: SubscriptionRow, link: string): Overdue | null {
  const owed = owedOf(row);
  if (!owed || !row.pastDueSince) return null;
  const about = row.pastDueSince.toISOString();
  return { about, invoiceId: null, invoiceNumber: null, link, ...owed };
}

/**
 * Mails what is due, once for each subscription, what is overdue, and notice: the row that says so is written in the
 * transaction that queues the mails.
 */
async function sendDueNotice(tx: Tx, ctx: Ctx, row: SubscriptionRow): Promise<void> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const facts = factsOf(row);
  const notice = dueNotice(facts, now);
  const days = dunningDays(facts);
  if (!notice || !days) return;
  const tenant = await aboutTenant(tx, tenantId);
  if (!tenant) return;
  const { tenantName, billingUrl: billingLink } = tenant;
  const overdue = (await owedInvoice(tx, row, billingLink)) ?? owedAlone(row, billingLink);
  if (!overdue) return;
  const { about, invoiceId, invoiceNumber, amount, currency, link } = overdue;
  const { count } = await tx.dunningNotice.createMany({
    data: [{ tenantId, subscriptionId: row.id, about, invoiceId, notice, at: now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  await mailPayers(tx, tenantId, {
    template: 'payment_overdue',
    notice,
    byInvoice: row.invoiceDays !== null,
    account: gatewayOf(row).account,
    link,
    billingLink,
    tenantName,
    amount: writeMoney(amount, currency),
    invoiceNumber,
    readOnlyAt: days.readOnlyAt.toISOString(),
    suspendedAt: days.suspendedAt.toISOString(),
  });
  await recordAudit(tx, ctx, {
    action: 'subscription.overdue_notice_sent',
    object: { type: 'subscription', id: row.id },
    after: { notice, invoice_id: invoiceId && publicId('invoice', invoiceId) },
  });
}

/**
 * Does what the day of a failed payment asks for, and has somebody look again on the next day that changes
 * something. Harmless any number of times; the caller holds the tenant's billing lock and has given the rights.
 */
export async function followDunning(
  tx: Tx,
  ctx: Ctx,
  rows: readonly SubscriptionRow[],
): Promise<void> {
  const row = rows.find(({ status }) => status !== 'cancelled');
  if (!row) return;
  await sendDueNotice(tx, ctx, row);
  const runAt = nextDunningMoment(factsOf(row), ctx.clock.now());
  if (!runAt || ctx.clock.standing) return;
  const { tenantId } = ctx;
  await enqueue(tx, dunningContract, { tenantId }, { key: `dunning:${tenantId}`, runAt });
}
