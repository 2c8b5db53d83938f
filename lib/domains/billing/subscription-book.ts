import { recordAudit } from '@/lib/domains/audit';
import { monthOf } from '@/lib/domains/usage';
import { Prisma, type Tx } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import { returnCodes } from './discount/redeem-code';
import { asGiven } from './discount/schemas';
import { wishedDiscount, withoutPastEnd } from './discount/wished-discount';
import { pastDueSince } from './dunning/facts';
import { momentOf } from './event-moment';
import { canBecome } from './lifecycle';
import type { ProviderInvoice, ProviderState, ProviderSubscription } from './provider-state';
import { differs } from './row-differs';
import type { Step } from './mails/tell-of-steps';
import { type GatewayName, type SubscriptionStatus, subscriptionStatusSchema } from './schemas';
import { describeSubscription, type SubscriptionRow } from './to-dto';
import { asksDiscount, columnsOfWish, sameTerms, termsOf, wishOf } from './wish';
import { queueClose } from './overage/queue-close';
import { writeEvent } from './write-event';

const actions: Record<string, string> = {
  trialing: 'subscription.trial_started',
  active: 'subscription.activated',
  past_due: 'subscription.payment_failed',
  unpaid: 'subscription.payment_given_up',
  paused: 'subscription.paused',
  cancelled: 'subscription.cancelled',
};

/** The columns that say what the provider says. */
export function columnsOf(sub: ProviderSubscription) {
  return {
    status: sub.status as string,
    ...sub.plan,
    trialEndsAt: sub.trialEndsAt,
    currentPeriodStart: sub.currentPeriodStart,
    currentPeriodEnd: sub.currentPeriodEnd,
    cancelAt: sub.cancelAt,
    endedAt: sub.endedAt,
    card: sub.card,
    invoiceDays: sub.invoiceDays,
    providerNext: sub.next,
    discount: sub.discount,
    owed: sub.owed,
    discountRead: true,
    providerId: sub.id,
    providerStatus: sub.providerStatus,
  };
}

/** What the provider said, as far as the book reads it. */
type Told = Pick<ProviderState, 'gateway' | 'invoices'>;

type Columns = ReturnType<typeof columnsOf>;
type Change = Partial<Columns> & { cancelReason?: string; pastDueSince?: Date | null };

/** Documents of the database: an absent one is null there, and not the document "null". */
function documents({ card, providerNext, discount, owed, ...rest }: Change) {
  return {
    ...rest,
    ...(card === undefined ? {} : { card: card ?? Prisma.DbNull }),
    ...(providerNext === undefined ? {} : { providerNext: providerNext ?? Prisma.DbNull }),
    ...(discount === undefined ? {} : { discount: discount ?? Prisma.DbNull }),
    ...(owed === undefined ? {} : { owed: owed ?? Prisma.DbNull }),
  };
}

/**
 * A wish that came true by itself: what was to follow has taken over, so that nothing waits any more; a discount is over.
 * While a push waits, the wish is newer than what the provider says; of that, a discount it doesn't ask for comes to its end all the same.
 */
function wishFulfilled(row: SubscriptionRow, change: Change, now: Date) {
  const wish = wishOf(row);
  if (row.pushedRevision < row.wishRevision) {
    if (asksDiscount(row, wish)) return {};
    return columnsOfWish({ ...wish, discount: wishedDiscount(row, wish.discount, change, now) });
  }
  const terms = termsOf({ ...row, ...change });
  const follows = sameTerms(terms, wish.next) && !sameTerms(terms, termsOf(row));
  return columnsOfWish({
    ...wish,
    ...(follows ? { terms, next: null } : {}),
    discount: wishedDiscount(row, wish.discount, change, now),
  });
}

/** What may be believed of a change: no step of the life leads from here to some statuses. */
function believable(row: SubscriptionRow, change: Change): Change {
  if (change.status === undefined) return change;
  const [from, to] = [row.status, change.status].map((each) =>
    subscriptionStatusSchema.parse(each),
  );
  if (from === undefined || to === undefined || canBecome(from, to)) return change;
  log().warn({ subscription: row.id, from, to }, 'a status that can’t follow: left as drift');
  const { status: _, ...rest } = change;
  return rest;
}

/** One transaction's view of a tenant's subscriptions, kept in step with what it writes. */
export class SubscriptionBook {
  readonly rows: SubscriptionRow[];
  /** What it wrote of subscriptions that were known, in its order. */
  readonly steps: Step[] = [];
  changed = false;
  private readonly tx: Tx;
  private readonly ctx: Ctx;
  private readonly gateway: GatewayName;
  private readonly invoices: readonly ProviderInvoice[];

  constructor(tx: Tx, ctx: Ctx, rows: SubscriptionRow[], { gateway, invoices }: Told) {
    this.tx = tx;
    this.ctx = ctx;
    this.rows = rows;
    this.gateway = gateway;
    this.invoices = invoices;
  }

  /** Those that this gateway collects for. */
  own(): SubscriptionRow[] {
    return this.rows.filter((row) => row.gateway === this.gateway);
  }

  /** `sub`: what the provider said, when it is from there that the change comes. */
  async write(
    row: SubscriptionRow,
    said: Change,
    sub: ProviderSubscription | null = null,
  ): Promise<void> {
    await this.put(row, believable(row, said), sub);
  }

  /** Takes over a status that no step leads to, for somebody who looked at it and decided so. */
  async takeStatus(id: string, status: SubscriptionStatus): Promise<SubscriptionRow> {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new RangeError(`no subscription ${id}`);
    return this.put(row, { status }, null);
  }

  private async put(
    row: SubscriptionRow,
    said: Change,
    sub: ProviderSubscription | null,
  ): Promise<SubscriptionRow> {
    const { tenantId, id } = row;
    const now = this.ctx.clock.now();
    const overdue = sub?.moments.overdue ?? null;
    const since = pastDueSince(row, said.status ?? row.status, overdue, now);
    const change = { ...withoutPastEnd(said, now), pastDueSince: since };
    if (!differs(row, change)) return row;
    const after = await this.tx.subscription.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        ...documents(change),
        ...wishFulfilled(row, change, now),
        providerSyncedAt: now,
        updatedAt: now,
      },
    });
    this.rows[this.rows.indexOf(row)] = after;
    this.steps.push({ before: row, after });
    await this.tell(row, after, sub);
    return after;
  }

  /** A subscription that somebody made at the provider by hand, for a customer and price of ours. */
  async adopt(sub: ProviderSubscription): Promise<void> {
    if (!sub.plan) {
      log().warn({ subscription: sub.id }, 'subscription with a price outside the catalogue');
      return;
    }
    const now = this.ctx.clock.now();
    const row = await this.tx.subscription.create({
      data: {
        tenantId: this.ctx.tenantId,
        id: newId(now.getTime()),
        gateway: this.gateway,
        ...documents(columnsOf(sub)),
        status: sub.status,
        ...sub.plan,
        ...columnsOfWish({
          terms: sub.plan,
          next: sub.next,
          end: sub.cancelAt ? 'period_end' : 'none',
          paused: sub.status === 'paused',
          discount: asGiven(sub.discount),
        }),
        pastDueSince: pastDueSince(null, sub.status, sub.moments.overdue, now),
        createdAt: sub.createdAt,
        updatedAt: now,
        providerSyncedAt: now,
      },
    });
    this.rows.push(row);
    await this.tell(null, row, sub);
  }

  private async tell(
    before: SubscriptionRow | null,
    after: SubscriptionRow,
    sub: ProviderSubscription | null,
  ): Promise<void> {
    this.changed = true;
    const moved = before?.status !== after.status;
    await recordAudit(this.tx, this.ctx, {
      action: (moved && actions[after.status]) || 'subscription.updated',
      object: { type: 'subscription', id: after.id },
      ...(before ? { before: describeSubscription(before) } : {}),
      after: { ...describeSubscription(after), reason: after.cancelReason },
    });
    const { tx, ctx } = this;
    const told = sub && momentOf(before, after, { sub, invoices: this.invoices });
    const happened = await writeEvent(tx, ctx, before, after, told);
    const ended = moved && after.status === 'cancelled';
    // What never began had no use of its code.
    if (ended && before?.status === 'incomplete') await returnCodes(tx, ctx, after.id);
    // A month that is over may have to be charged by something else than was known.
    const late = happened && monthOf(happened) < monthOf(ctx.clock.now());
    if (ended || late) await queueClose(tx, ctx);
    await emit(this.tx, this.ctx, 'subscription.changed', {
      id: publicId('subscription', after.id),
      status: after.status,
      plan_id: after.planId,
    });
  }
}
