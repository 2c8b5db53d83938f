import type { Api } from '@/sandbox/stripe/api';
import { runningDiscounts } from '@/sandbox/stripe/discounts';
import { itemLine } from '@/sandbox/stripe/invoice-lines';
import { draftInvoice } from '@/sandbox/stripe/invoices';
import { nextBoundary } from '@/sandbox/stripe/periods';
import { itemList } from '@/sandbox/stripe/subscription-build';
import { isLive } from '@/sandbox/stripe/subscription-state';
import type { Invoice } from '@/sandbox/stripe/wire';

/** Rolls every item into its next period and drafts the renewal: licensed items ahead, metered ones for the period past. */
export function renew(api: Api, id: string, reason = 'subscription_cycle'): Invoice | undefined {
  const sub = api.store.get('subscription', id);
  const now = api.now(sub.test_clock);
  const wasTrial = sub.status === 'trialing';
  const recurring = sub.items.data[0]?.price.recurring;
  if (!recurring || !isLive(sub)) return undefined;
  const end = nextBoundary(
    sub.billing_cycle_anchor,
    recurring.interval,
    recurring.interval_count,
    now,
  );
  const items = sub.items.data.map((item) => ({
    ...item,
    current_period_start: now,
    current_period_end: end,
  }));
  const lines = sub.items.data.map((item, index) => {
    const metered = item.price.recurring?.usage_type === 'metered';
    const past = { start: item.current_period_start, end: item.current_period_end };
    return itemLine(api, sub, items[index] ?? item, metered ? past : { start: now, end }, false);
  });
  const rolled = api.update('subscription', id, {
    discounts: runningDiscounts(api, sub.discounts, now),
    items: itemList(id, items),
    ...(wasTrial ? { status: 'active' } : {}),
    ...(sub.cancel_at_period_end ? { cancel_at: end } : {}),
  });
  const first = sub.items.data[0];
  return draftInvoice(api, {
    customer: sub.customer,
    subscription: rolled,
    reason,
    lines,
    currency: sub.currency,
    period: { start: first?.current_period_start ?? now, end: now },
    ...(sub.pause_collection || sub.status === 'unpaid' ? { autoAdvance: false } : {}),
  });
}
