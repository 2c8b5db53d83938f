import {
  listEveryPlanVersion,
  lockPlan,
  nextVersionNumber,
  type PlanVersion,
  publishQuotedVersion,
} from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import type { Ctx } from '@/lib/kernel/ctx';
import { invalidField } from '@/lib/kernel/errors';
import { expireQuoteContract } from './job-contracts';
import { requireStep } from './lifecycle';
import { requireCurrency } from './require-currency';
import { queueQuoteSent } from './quote-mails';
import { endOfValidity, type QuoteRow, statusAt, undecided, writeStep } from './quote-store';
import { QUOTED_PLAN, type QuoteContent } from './schemas';

type Quoted = PlanVersion & { quoted: NonNullable<PlanVersion['quoted']> };

/** The version of the plan that a quote sells; what the quote doesn't say is the catalogue's. */
async function quotedVersion(tx: Tx, tenantId: string, content: QuoteContent): Promise<Quoted> {
  const plans = await listEveryPlanVersion(tx);
  const latest = plans.findLast((plan) => plan.planId === QUOTED_PLAN);
  if (!latest) throw new RangeError(`no version of ${QUOTED_PLAN}`);
  const { price, currency, limits, features, overage, net_days: netDays } = content;
  return {
    ...latest,
    version: await nextVersionNumber(tx, QUOTED_PLAN),
    prices: { monthly: null, quarterly: null, annual: null, [content.billing_cycle]: price },
    currency,
    limits,
    features,
    overage,
    trialDays: 0,
    quoted: { tenantId, netDays },
  };
}

/** Use beyond a limit takes three things: a limit, a price, and the feature that lets the tenant switch it on. */
function requireSoundOverage({ overage, limits, features }: QuoteContent): void {
  const priced = overage.api_calls !== null;
  const offered = features.includes('usage_overage');
  if (priced && limits.api_calls_per_month === null) {
    throw invalidField(
      'overage.api_calls',
      'nothing_beyond',
      'API calls are unlimited, so nothing is ever beyond the limit. Set a limit, or no price.',
    );
  }
  if (priced === offered) return;
  throw offered
    ? invalidField(
        'overage.api_calls',
        'price_missing',
        'The features let calls go on beyond the limit, so a thousand of them need a price. Give one, or take the feature out.',
      )
    : invalidField(
        'features',
        'feature_missing',
        'A price for calls beyond the limit needs the feature that lets the organisation switch them on. Add it, or give no price.',
      );
}

/**
 * Sends what operators wrote as the next revision, in their transaction: from now on it is what the customer can accept,
 * for good as it is. With it goes the version of the plan that it sells. The caller holds the quote's lock, and is the
 * operator `by`. Throws 409 by the quote's status, 422 `in_the_past`, `currency_mismatch`, `nothing_beyond`,
 * `price_missing`, `feature_missing`.
 */
export async function sendRevision(
  tx: Tx,
  ctx: Ctx,
  row: QuoteRow,
  content: QuoteContent,
  by: string,
): Promise<QuoteRow> {
  const { tenantId } = ctx;
  const now = ctx.clock.now();
  requireStep(statusAt(row, now), row.revision === 0 ? 'sent' : 'revised');
  const validUntil = endOfValidity(content.valid_until);
  if (validUntil <= now) {
    throw invalidField('valid_until', 'in_the_past', 'This day is over. Choose a later one.');
  }
  requireSoundOverage(content);
  await requireCurrency(tx, tenantId, content.currency);
  await lockPlan(tx, QUOTED_PLAN);
  const plan = await quotedVersion(tx, tenantId, content);
  await publishQuotedVersion(tx, plan, now);
  const revision = row.revision + 1;
  await tx.quoteRevision.create({
    data: {
      tenantId,
      quoteId: row.id,
      revision,
      content,
      planId: plan.planId,
      planVersion: plan.version,
      sentAt: now,
      sentBy: by,
    },
  });
  const written = await writeStep(tx, ctx, row, {
    action: 'quote.sent',
    data: { status: 'sent', revision, validUntil, ...undecided },
    after: { content },
  });
  await enqueue(
    tx,
    expireQuoteContract,
    { tenantId, quoteId: row.id, revision },
    { runAt: validUntil, key: `quote-expiry:${row.id}` },
  );
  await queueQuoteSent(tx, ctx, written);
  return written;
}
