import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { applyInvoices } from './apply-invoices';
import { applyRights } from './apply-rights';
import { DriftBook } from './drift/drift-book';
import { driftOf } from './drift/subscription-drift';
import { followDunning } from './dunning/follow-dunning';
import { applyMoneyBack } from './refunds/apply-money-back';
import { followTrial } from './mails/follow-trial';
import { tellOfSteps } from './mails/tell-of-steps';
import type { ProviderState, ProviderSubscription } from './provider-state';
import { readSubscriptions } from './read-subscriptions';
import { columnsOf, SubscriptionBook } from './subscription-book';
import type { SubscriptionRow } from './to-dto';

/** A page that sells, and who opened it. */
type Page = { gateway: string; id: string };

/** What is left to do at the providers once the transaction has ended. */
export type Applied = {
  changed: boolean;
  duplicates: string[];
  expireCheckouts: Page[];
  /** A consent found its row: what it begins is there at the next look. */
  consentTaken: boolean;
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

/**
 * Which of a gateway's subscriptions the tenant keeps, and those that are too many. Where another gateway collects for one that
 * runs, all that are of the catalogue are too many: a tenant has one.
 */
function sortOut(state: ProviderState, book: SubscriptionBook) {
  const [first, ...others] = inOrderOfUse(state.subscriptions, book.own());
  const elsewhere = book.rows.some(({ gateway, status, providerId }) => {
    // One that its payer agreed to is about to run.
    const runs = status !== 'cancelled' && (status !== 'incomplete' || providerId !== null);
    return runs && gateway !== state.gateway;
  });
  if (!first || !elsewhere) return { keep: first, extra: others };
  return { keep: undefined, extra: [first, ...others].filter(({ plan }) => plan !== null) };
}

/** Ends rows that wait for a checkout nobody can complete any more, or that another one replaced, at whichever gateway. */
async function closeWaiting(
  book: SubscriptionBook,
  keep: ProviderSubscription | undefined,
  state: ProviderState,
  now: Date,
): Promise<Page[]> {
  const expire: Page[] = [];
  const kept = keep ? rowOf(book.own(), keep) : null;
  // Nothing takes the place of what waits elsewhere but one that is taken over.
  const adopts = keep !== undefined && kept === null && keep.plan !== null;
  for (const row of adopts ? book.rows : book.own()) {
    if (row.status !== 'incomplete' || row.id === kept?.id) continue;
    const { checkout } = state;
    const expired = checkout?.id === row.checkoutId && checkout?.status === 'expired';
    const replaced = keep !== undefined && row.providerId === null;
    if (!replaced && !expired) continue;
    if (!expired && row.checkoutId) expire.push({ gateway: row.gateway, id: row.checkoutId });
    const cancelReason = expired ? 'checkout_expired' : 'superseded';
    await book.write(row, { status: 'cancelled', endedAt: now, cancelReason });
  }
  return expire;
}

/** A page of what runs that was completed or ran out is nothing to go on with, nor to ask about again. */
async function forgetPage(tx: Tx, { tenantId }: Ctx, { checkout }: ProviderState): Promise<void> {
  if (!checkout || checkout.status === 'open') return;
  await tx.subscription.updateMany({
    where: {
      tenantId,
      checkoutId: checkout.id,
      status: { not: 'incomplete' },
      checkoutUrl: { not: null },
    },
    data: { checkoutUrl: null },
  });
}

/** A consent counts for the row that still waits for it, and for no other. */
async function takeConsent(book: SubscriptionBook, { checkout }: ProviderState): Promise<boolean> {
  if (checkout?.status !== 'agreed') return false;
  const row = book
    .own()
    .find((each) => each.checkoutId === checkout.id && each.status === 'incomplete');
  if (!row || row.providerId !== null) return false;
  await book.write(row, { providerId: checkout.id });
  return true;
}

/**
 * Writes what the provider says, as one change: subscriptions, invoices, rights, tenant status,
 * with audit and outbox. The result depends on `state` alone, not on what told us to look, so
 * events may come in any order and any number of times. The caller holds the tenant's lock.
 */
export async function applyProviderState(tx: Tx, ctx: Ctx, state: ProviderState): Promise<Applied> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  const found = await readSubscriptions(tx, tenantId);
  const book = new SubscriptionBook(tx, ctx, found, state);
  const { keep, extra } = sortOut(state, book);
  // What ends goes first: only one subscription of a tenant may be live at any time.
  for (const sub of [
    ...state.subscriptions.filter((each) => each.status === 'cancelled'),
    ...extra,
  ]) {
    const row = rowOf(book.own(), sub);
    if (!row) continue;
    const isExtra = sub.status !== 'cancelled';
    const duplicate = {
      status: 'cancelled',
      cancelAt: now,
      endedAt: now,
      cancelReason: 'duplicate',
    };
    await book.write(row, { ...columnsOf(sub), ...(isExtra ? duplicate : {}) }, sub);
  }
  const expireCheckouts = await closeWaiting(book, keep, state, now);
  const consentTaken = await takeConsent(book, state);
  if (keep) {
    const row = rowOf(book.own(), keep);
    if (row) await book.write(row, columnsOf(keep), keep);
    else await book.adopt(keep);
  }
  await forgetPage(tx, ctx, state);
  const ownIds = new Map(book.rows.map((row) => [row.providerId ?? '', row.id]));
  const drift = await DriftBook.open(tx, ctx);
  const invoiced = await applyInvoices(tx, ctx, state, ownIds, drift);
  const givenBack = await applyMoneyBack(tx, ctx, state);
  for (const row of book.own()) await drift.keep({ subscriptionId: row.id }, driftOf(row));
  const entitled = await applyRights(tx, ctx, book.rows);
  await followDunning(tx, ctx, book.rows);
  await tellOfSteps(tx, ctx, book.steps);
  await followTrial(tx, ctx, book.rows);
  return {
    changed: book.changed || invoiced || givenBack || entitled,
    duplicates: extra.map((sub) => sub.id),
    expireCheckouts,
    consentTaken,
  };
}
