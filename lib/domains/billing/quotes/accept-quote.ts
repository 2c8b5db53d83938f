import { getPlanVersion, type PlanVersion } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { lockBilling } from '../converge-billing';
import { DEFAULT_GATEWAY } from '../gateways/find-gateway';
import { insertSubscription } from '../insert-subscription';
import { orLeaveToJob } from '../leave-to-job';
import { mayAnswerQuotes } from '../policy';
import { provisionOrGiveUp } from '../provision-or-give-up';
import { readLiveSubscription } from '../read-subscriptions';
import { giveUpWaiting, settleWaiting } from '../settle-waiting';
import type { SubscriptionRow } from '../to-dto';
import { requireNothingOwed, requirePaidUp } from '../unpaid-invoice';
import { type Request, fulfilWish, wishToChange, writeWish } from '../write-wish';
import { requireStep } from './lifecycle';
import { getQuote, readOwnQuote } from './list-quotes';
import { queueQuoteAccepted } from './quote-mails';
import {
  decision,
  lockOwnQuote,
  quoteIdOf,
  type QuoteRow,
  requireRevision,
  type RevisionRow,
  statusAt,
  writeStep,
} from './quote-store';
import { requireCurrency } from './require-currency';
import { requireInvoices } from './require-invoices';
import { type AcceptQuoteInput, quoteContent, type QuoteDto } from './schemas';

/** Whether this very revision was accepted before: then nothing is left to ask. */
const isAccepted = (row: QuoteRow, revision: number) =>
  row.status === 'accepted' && row.revision === revision;

function requireAnswerable(row: QuoteRow, revision: number, now: Date): RevisionRow {
  requireStep(statusAt(row, now), 'accepted');
  return requireRevision(row, revision);
}

/**
 * Asks the provider what stands in the way of a subscription that an acceptance begins: an invoice that is unpaid, and a checkout
 * that was left open, which nobody is to pay as well. Answers the subscription that it was for, if that is given up with the
 * acceptance. Throws as `requirePaidUp`.
 */
async function clearTheWay(ctx: Ctx, publicId: string, revision: number): Promise<string | null> {
  const row = await readOwnQuote(ctx, publicId);
  if (isAccepted(row, revision)) return null;
  requireAnswerable(row, revision, ctx.clock.now());
  const { live, quoted } = await withTenant(ctx, async (tx) => {
    const found = await readLiveSubscription(tx, ctx.tenantId);
    const plan = found && (await getPlanVersion(tx, found.planId, found.planVersion));
    return { live: found, quoted: plan?.quoted ?? null };
  });
  if (live && live.status !== 'incomplete') return null;
  await requirePaidUp(ctx);
  if (!live || quoted) return null;
  const { outcome } = await settleWaiting(ctx, live, () => false);
  return outcome === 'gone' ? live.id : null;
}

/** What is asked of a subscription that runs: the quoted terms at once, and that it goes on. */
function changeOf(live: SubscriptionRow, revision: RevisionRow, number: string): Request {
  const content = quoteContent.parse(revision.content);
  const before = wishToChange(live);
  const { planId, planVersion } = revision;
  return {
    command: 'change_now',
    wish: {
      ...before,
      terms: {
        planId: 'institutional',
        planVersion,
        billingCycle: content.billing_cycle,
        // What they lift has no limit under the quoted plan.
        addOns: [],
      },
      next: null,
      end: 'none',
      // The price was agreed as it is.
      discount: null,
    },
    cancelReason: null,
    audit: {
      action: 'subscription.change_requested',
      before: { plan_id: live.planId, billing_cycle: live.billingCycle },
      after: { plan_id: planId, billing_cycle: content.billing_cycle, when: 'now', quote: number },
    },
  };
}

async function begin(tx: Tx, ctx: Ctx, plan: PlanVersion, cycle: string): Promise<string> {
  const row = await insertSubscription(tx, ctx, {
    gateway: DEFAULT_GATEWAY,
    plan,
    billingCycle: cycle,
    trialEndsAt: null,
    coupon: null,
    discount: null,
    cardOnFile: false,
    successUrl: null,
    cancelUrl: null,
  });
  return row.id;
}

/** The subscription that the acceptance begins or changes, written down in its transaction. */
async function askFor(
  tx: Tx,
  ctx: Ctx,
  quote: QuoteRow,
  revision: RevisionRow,
  settled: string | null,
): Promise<string> {
  const { billing_cycle, currency } = quoteContent.parse(revision.content);
  await requireCurrency(tx, ctx.tenantId, currency);
  if (settled) await giveUpWaiting(tx, ctx, settled, 'superseded');
  const live = await readLiveSubscription(tx, ctx.tenantId);
  if (!live) {
    await requireNothingOwed(tx, ctx);
    const plan = await getPlanVersion(tx, revision.planId, revision.planVersion);
    return begin(tx, ctx, plan, billing_cycle);
  }
  if (live.status === 'incomplete') {
    throw conflict(
      'subscription_changing',
      'Another subscription of this organisation is being started. Try again in a minute.',
    );
  }
  requireInvoices(live);
  await writeWish(tx, ctx, live, changeOf(live, revision, quote.number));
  return live.id;
}

/** Quote, subscription, audit, mails and the job that makes it true: all of it or nothing. Answers the subscription. */
async function writeAcceptance(
  ctx: Ctx,
  id: string,
  input: AcceptQuoteInput,
  settled: string | null,
): Promise<string> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const row = await lockOwnQuote(tx, tenantId, id);
    if (isAccepted(row, input.revision) && row.subscriptionId) return row.subscriptionId;
    const revision = requireAnswerable(row, input.revision, ctx.clock.now());
    const subscriptionId = await askFor(tx, ctx, row, revision, settled);
    const written = await writeStep(tx, ctx, row, {
      action: 'quote.accepted',
      data: { status: 'accepted', subscriptionId, ...decision(ctx) },
      after: { subscription_id: subscriptionId },
    });
    await queueQuoteAccepted(tx, ctx, written);
    return subscriptionId;
  });
}

/** Makes true at the provider what was written down; while that is away, a job goes on with it. */
async function carryOut(ctx: Ctx, subscriptionId: string): Promise<void> {
  await fulfilWish(ctx, subscriptionId);
  await orLeaveToJob(
    provisionOrGiveUp(ctx, subscriptionId),
    { subscription: subscriptionId },
    'an acceptance waits for the provider',
  );
}

/**
 * Accepts a quote's current revision, once: a subscription by invoice begins, or the one that runs changes at once. Again,
 * for the same revision, it answers what came of it. Throws `forbidden` for whoever is no owner, not_found, 409
 * `quote_revised`, by its status `quote_expired`, `quote_withdrawn`, `quote_declined`, and what stands in the way of the
 * subscription: `subscription_past_due` and the like, `subscription_changing`, `invoice_unpaid`, `gateway_sends_no_invoices`; 422
 * `currency_mismatch`. What the provider refuses for good leaves the quote open: 409 `provider_refused`.
 */
export async function acceptQuote(
  ctx: Ctx,
  publicId: string,
  input: AcceptQuoteInput,
): Promise<QuoteDto> {
  mayAnswerQuotes(ctx);
  const id = quoteIdOf(publicId);
  const settled = await clearTheWay(ctx, publicId, input.revision);
  await carryOut(ctx, await writeAcceptance(ctx, id, input, settled));
  return getQuote(ctx, publicId);
}
