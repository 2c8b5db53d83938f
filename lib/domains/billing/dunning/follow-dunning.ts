import { recordAudit } from '@/lib/domains/audit';
import { queueMail } from '@/lib/domains/identity';
import { dashboardUrl } from '@/lib/domains/tenancy';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { roleAllows, roles } from '@/lib/kernel/access';
import type { Ctx } from '@/lib/kernel/ctx';
import { publicId } from '@/lib/kernel/ids';
import { dunningContract } from '../job-contracts';
import { writeMoney } from '../pdf/paper-words';
import type { SubscriptionRow } from '../to-dto';
import { factsOf } from './facts';
import { dueNotice, dunningDays, nextDunningMoment } from './schedule';

/** Those who can do something about it. */
const PAYING_ROLES = roles.filter((role) => roleAllows(role, 'billing:write'));

async function payersOf(tx: Tx, tenantId: string): Promise<string[]> {
  const members = await tx.membership.findMany({
    where: { tenantId, status: 'active', role: { in: PAYING_ROLES } },
    orderBy: { id: 'asc' },
    select: { user: { select: { email: true } } },
  });
  return members.map(({ user }) => user.email);
}

/** The invoice that is overdue: the oldest that the subscription owes. */
function owedInvoice(tx: Tx, { tenantId, id }: SubscriptionRow) {
  return tx.invoice.findFirst({
    where: {
      tenantId,
      subscriptionId: id,
      status: { in: ['open', 'uncollectible'] },
      amountDue: { gt: 0 },
    },
    orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
  });
}

/**
 * Mails what is due, once for each subscription, invoice and notice: the row that says so is written in the
 * transaction that queues the mails.
 */
async function sendDueNotice(tx: Tx, ctx: Ctx, row: SubscriptionRow): Promise<void> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const facts = factsOf(row);
  const notice = dueNotice(facts, now);
  const days = dunningDays(facts);
  if (!notice || !days) return;
  const invoice = await owedInvoice(tx, row);
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  if (!invoice || tenant.deletedAt) return;
  const { count } = await tx.dunningNotice.createMany({
    data: [{ tenantId, subscriptionId: row.id, invoiceId: invoice.id, notice, at: now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const invoiceId = publicId('invoice', invoice.id);
  for (const to of await payersOf(tx, tenantId)) {
    await queueMail(tx, null, {
      template: 'payment_overdue',
      notice,
      byInvoice: row.invoiceDays !== null,
      to,
      link: invoice.hostedUrl ?? `${dashboardUrl(tenant.slug)}/billing/invoices/${invoiceId}`,
      billingLink: `${dashboardUrl(tenant.slug)}/billing`,
      tenantName: tenant.name,
      amount: writeMoney(Number(invoice.amountDue - invoice.amountPaid), invoice.currency),
      invoiceNumber: invoice.number ?? invoiceId,
      readOnlyAt: days.readOnlyAt.toISOString(),
      suspendedAt: days.suspendedAt.toISOString(),
    });
  }
  await recordAudit(tx, ctx, {
    action: 'subscription.overdue_notice_sent',
    object: { type: 'subscription', id: row.id },
    after: { notice, invoice_id: invoiceId },
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
