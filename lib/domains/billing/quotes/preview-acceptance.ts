import { getPlanVersion, planIdSchema } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { log } from '@/lib/infra/log';
import type { Ctx } from '@/lib/kernel/ctx';
import { isDomainError } from '@/lib/kernel/errors';
import type { FullOffer } from '../gateways/port';
import { requireCommand } from '../lifecycle';
import { mayReadBilling } from '../policy';
import { previewTerms } from '../preview-terms';
import { type ChangePreview, subscriptionStatusSchema } from '../schemas';
import type { SubscriptionRow } from '../to-dto';
import { requirePaidUp } from '../unpaid-invoice';
import { requireInvoices } from './require-invoices';
import { requireStep } from './lifecycle';
import { readOwnQuote } from './list-quotes';
import { requireRevision, statusAt, toSentQuote } from './quote-store';
import { requireCurrency } from './require-currency';
import type { QuoteConsequence, SentQuote } from './schemas';

async function priced(live: SubscriptionRow, offer: FullOffer): Promise<ChangePreview | null> {
  try {
    return await previewTerms(live, { now: offer, later: offer });
  } catch (error) {
    log().warn({ err: error, subscription: live.id }, 'no preview of a quote’s acceptance');
    return null;
  }
}

async function changing(
  live: SubscriptionRow,
  offer: FullOffer,
  { net_days }: SentQuote,
): Promise<QuoteConsequence> {
  requireCommand(subscriptionStatusSchema.parse(live.status), 'change_now');
  requireInvoices(live);
  return {
    kind: 'changes',
    from_plan_id: planIdSchema.parse(live.planId),
    trial_ends_at: live.status === 'trialing' ? (live.trialEndsAt?.toISOString() ?? null) : null,
    ends_cancellation: live.cancelAt !== null,
    preview: await priced(live, offer),
    due_days: net_days,
  };
}

/**
 * What accepting a quote would do now, and cost, asked of the provider; changes nothing. `blocked` says why it can't be
 * accepted and what to do first. Throws not_found, also for another tenant's.
 */
export async function previewAcceptance(ctx: Ctx, id: string): Promise<QuoteConsequence> {
  mayReadBilling(ctx);
  const { tenantId } = ctx;
  const row = await readOwnQuote(ctx, id);
  try {
    requireStep(statusAt(row, ctx.clock.now()), 'accepted');
    const sent = toSentQuote(requireRevision(row, row.revision));
    const { live, plan } = await withTenant(ctx, async (tx) => {
      await requireCurrency(tx, tenantId, sent.price.currency);
      return {
        live: await tx.subscription.findFirst({
          where: { tenantId, status: { notIn: ['cancelled', 'incomplete'] } },
        }),
        plan: await getPlanVersion(tx, sent.plan_id, sent.plan_version),
      };
    });
    if (live) return await changing(live, { plan, cycle: sent.billing_cycle, addOns: [] }, sent);
    await requirePaidUp(ctx);
    return { kind: 'starts', first_invoice: sent.price, due_days: sent.net_days };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { kind: 'blocked', code: error.code, detail: error.detail };
  }
}
