import { recordAudit } from '@/lib/domains/audit';
import { Prisma, type Tx } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import { applyInvoices } from './apply-invoices';
import { applyRights } from './apply-rights';
import type { ProviderState, ProviderSubscription } from './provider-state';
import { differs } from './row-differs';
import { describeSubscription, type SubscriptionRow } from './to-dto';

/** What is left to do at the provider once the transaction has ended. */
export type Applied = { changed: boolean; duplicates: string[]; expireCheckouts: string[] };

const actions: Record<string, string> = {
  trialing: 'subscription.trial_started',
  active: 'subscription.activated',
  past_due: 'subscription.payment_failed',
  unpaid: 'subscription.payment_given_up',
  paused: 'subscription.paused',
  cancelled: 'subscription.cancelled',
};

/**
 * Which subscription a tenant keeps when the provider has several: one that runs before one that
 * waits, then the one that is known here as live, then the oldest. (The provider counts in
 * seconds and lists the newest first.)
 */
function inOrderOfUse(
  subscriptions: readonly ProviderSubscription[],
  rows: readonly SubscriptionRow[],
): ProviderSubscription[] {
  const known = new Set(rows.flatMap((row) => (row.status === 'cancelled' ? [] : row.providerId)));
  return subscriptions
    .filter((sub) => sub.status !== 'cancelled')
    .reverse()
    .sort(
      (a, b) =>
        Number(a.status === 'incomplete') - Number(b.status === 'incomplete') ||
        Number(known.has(b.id)) - Number(known.has(a.id)) ||
        a.createdAt.getTime() - b.createdAt.getTime(),
    );
}

function rowOf(rows: readonly SubscriptionRow[], sub: ProviderSubscription) {
  return (
    rows.find((row) => row.providerId === sub.id) ??
    rows.find((row) => row.providerId === null && row.id === sub.ownId) ??
    null
  );
}

/** The columns that say what the provider says. */
function columnsOf(sub: ProviderSubscription) {
  return {
    status: sub.status as string,
    ...sub.plan,
    trialEndsAt: sub.trialEndsAt,
    currentPeriodStart: sub.currentPeriodStart,
    currentPeriodEnd: sub.currentPeriodEnd,
    cancelAt: sub.cancelAt,
    endedAt: sub.endedAt,
    card: sub.card,
    providerId: sub.id,
    providerStatus: sub.providerStatus,
  };
}

type Columns = ReturnType<typeof columnsOf>;
type Change = Partial<Columns> & { cancelReason?: string };

/** One transaction's view of a tenant's subscriptions, kept in step with what it writes. */
class SubscriptionBook {
  readonly rows: SubscriptionRow[];
  changed = false;
  private readonly tx: Tx;
  private readonly ctx: Ctx;

  constructor(tx: Tx, ctx: Ctx, rows: SubscriptionRow[]) {
    this.tx = tx;
    this.ctx = ctx;
    this.rows = rows;
  }

  async write(row: SubscriptionRow, change: Change): Promise<void> {
    if (!differs(row, change)) return;
    const { tenantId, id } = row;
    const { card, ...rest } = change;
    const now = this.ctx.clock.now();
    const after = await this.tx.subscription.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        ...rest,
        ...(card === undefined ? {} : { card: card ?? Prisma.DbNull }),
        providerSyncedAt: now,
        updatedAt: now,
      },
    });
    this.rows[this.rows.indexOf(row)] = after;
    await this.tell(row, after);
  }

  /** A subscription that somebody made at the provider by hand, for a customer and price of ours. */
  async adopt(sub: ProviderSubscription): Promise<void> {
    if (!sub.plan) {
      log().warn({ subscription: sub.id }, 'subscription with a price outside the catalogue');
      return;
    }
    const now = this.ctx.clock.now();
    const { card, ...columns } = columnsOf(sub);
    const row = await this.tx.subscription.create({
      data: {
        tenantId: this.ctx.tenantId,
        id: newId(now.getTime()),
        ...columns,
        ...sub.plan,
        card: card ?? Prisma.DbNull,
        createdAt: sub.createdAt,
        updatedAt: now,
        providerSyncedAt: now,
      },
    });
    this.rows.push(row);
    await this.tell(null, row);
  }

  private async tell(before: SubscriptionRow | null, after: SubscriptionRow): Promise<void> {
    this.changed = true;
    const moved = before?.status !== after.status;
    await recordAudit(this.tx, this.ctx, {
      action: (moved && actions[after.status]) || 'subscription.updated',
      object: { type: 'subscription', id: after.id },
      ...(before ? { before: describeSubscription(before) } : {}),
      after: { ...describeSubscription(after), reason: after.cancelReason },
    });
    await emit(this.tx, this.ctx, 'subscription.changed', {
      id: publicId('subscription', after.id),
      status: after.status,
      plan_id: after.planId,
    });
  }
}

/** Ends rows that wait for a checkout nobody can complete any more, or that another one replaced. */
async function closeWaiting(
  book: SubscriptionBook,
  keep: ProviderSubscription | undefined,
  state: ProviderState,
  now: Date,
): Promise<string[]> {
  const expire: string[] = [];
  const kept = keep ? rowOf(book.rows, keep) : null;
  for (const row of [...book.rows]) {
    if (row.status !== 'incomplete' || row.providerId !== null || row.id === kept?.id) continue;
    const { checkout } = state;
    const expired = checkout?.id === row.checkoutId && checkout?.status === 'expired';
    if (!keep && !expired) continue;
    if (!expired && row.checkoutId) expire.push(row.checkoutId);
    const cancelReason = expired ? 'checkout_expired' : 'superseded';
    await book.write(row, { status: 'cancelled', endedAt: now, cancelReason });
  }
  return expire;
}

/**
 * Writes what the provider says, as one change: subscriptions, invoices, rights, tenant status,
 * with audit and outbox. The result depends on `state` alone, not on what told us to look, so
 * events may come in any order and any number of times. The caller holds the tenant's lock.
 */
export async function applyProviderState(tx: Tx, ctx: Ctx, state: ProviderState): Promise<Applied> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const found = await tx.subscription.findMany({
    where: { tenantId },
    orderBy: { createdAt: 'desc' },
  });
  const book = new SubscriptionBook(tx, ctx, found);
  const [keep, ...extra] = inOrderOfUse(state.subscriptions, book.rows);
  // What ends goes first: only one subscription of a tenant may be live at any time.
  for (const sub of [
    ...state.subscriptions.filter((each) => each.status === 'cancelled'),
    ...extra,
  ]) {
    const row = rowOf(book.rows, sub);
    if (!row) continue;
    const isExtra = sub.status !== 'cancelled';
    await book.write(row, {
      ...columnsOf(sub),
      ...(isExtra
        ? { status: 'cancelled', cancelAt: now, endedAt: now, cancelReason: 'duplicate' }
        : {}),
    });
  }
  const expireCheckouts = await closeWaiting(book, keep, state, now);
  if (keep) {
    const row = rowOf(book.rows, keep);
    if (row) await book.write(row, columnsOf(keep));
    else await book.adopt(keep);
  }
  const ownIds = new Map(book.rows.map((row) => [row.providerId ?? '', row.id]));
  const invoiced = await applyInvoices(tx, ctx, state.invoices, ownIds);
  const entitled = await applyRights(tx, ctx, book.rows);
  return {
    changed: book.changed || invoiced || entitled,
    duplicates: extra.map((sub) => sub.id),
    expireCheckouts,
  };
}
