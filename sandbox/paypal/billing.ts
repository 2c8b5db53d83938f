import { baseOf, tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { centsOf, moneyOf, timeOf } from '@/sandbox/paypal/money';
import type { BillingCycle, Capture, Plan, Subscription } from '@/sandbox/paypal/records';
import { moveTo, planOf, tellSubscription } from '@/sandbox/paypal/subscription-shown';
import type { Api } from '@/sandbox/stripe/api';
import { addInterval } from '@/sandbox/stripe/periods';
import { percentage } from '@/sandbox/stripe/rounding';

/** Records a payment and tells it as a sale. Amount in cents. */
function settle(api: Api, sub: Subscription, amount: number): Capture {
  const now = api.now(sub.test_clock);
  const capture = api.store.put('paypal.capture', {
    id: newId(),
    order: null,
    subscription: sub.id,
    amount,
    refunded: 0,
    currency: sub.currency,
    custom_id: sub.custom_id,
    invoice_id: null,
    status: sub.pays ? 'COMPLETED' : 'DECLINED',
    created: now,
  });
  if (!sub.pays) return capture;
  api.store.patch('paypal.subscription', sub.id, {
    last_payment: { amount, time: now },
    failed_payments: 0,
  });
  const sale = {
    id: capture.id,
    state: 'completed',
    amount: { total: moneyOf(amount, sub.currency).value, currency: sub.currency },
    billing_agreement_id: sub.id,
    ...(sub.custom_id ? { custom: sub.custom_id } : {}),
    create_time: timeOf(now),
    update_time: timeOf(now),
    links: [
      { href: `${baseOf(api)}/v2/payments/captures/${capture.id}`, rel: 'self', method: 'GET' },
    ],
  };
  tell(api, 'PAYMENT.SALE.COMPLETED', 'Payment completed.', 'sale', sale, sub.test_clock);
  return capture;
}

/** Takes a payment, or adds it to what is outstanding and, after too many failures, suspends. */
function charge(api: Api, id: string, amount: number): void {
  const sub = api.store.get('paypal.subscription', id);
  const { auto_bill_outstanding, payment_failure_threshold } = planOf(api, sub).payment_preferences;
  const whole = amount + (auto_bill_outstanding ? sub.outstanding : 0);
  if (whole === 0) return;
  const paid = settle(api, sub, whole).status === 'COMPLETED';
  if (paid) {
    if (auto_bill_outstanding) api.store.patch('paypal.subscription', id, { outstanding: 0 });
    return;
  }
  const failed_payments = sub.failed_payments + 1;
  const outstanding = sub.outstanding + amount;
  api.store.patch('paypal.subscription', id, { failed_payments, outstanding });
  tellSubscription(api, id, 'PAYMENT.FAILED');
  if (payment_failure_threshold === 0 || failed_payments < payment_failure_threshold) return;
  moveTo(api, id, 'SUSPENDED', 'Too many payments failed.', { next_billing: null });
  tellSubscription(api, id, 'SUSPENDED');
}

/** Takes what is outstanding, or a part of it, at once. The capture says whether it went through. */
export function captureOutstanding(api: Api, id: string, amount: number): Capture {
  const capture = settle(api, api.store.get('paypal.subscription', id), amount);
  const { outstanding } = api.store.get('paypal.subscription', id);
  if (capture.status === 'COMPLETED')
    api.store.patch('paypal.subscription', id, { outstanding: outstanding - amount });
  return capture;
}

/** The cycle whose turn it is; none when all are done. */
function running(plan: Plan, sub: Subscription): BillingCycle | undefined {
  return plan.billing_cycles.find(
    ({ sequence, total_cycles }) => total_cycles === 0 || (sub.done[sequence] ?? 0) < total_cycles,
  );
}

/** What one cycle costs, in cents: the price for the quantity, with taxes on top unless it includes them. */
export function priceOf(plan: Plan, { pricing_scheme }: BillingCycle, quantity: number): number {
  if (!pricing_scheme) return 0;
  const net = centsOf(pricing_scheme.fixed_price) * quantity;
  const { taxes } = plan;
  return !taxes || taxes.inclusive ? net : net + percentage(net, Number(taxes.percentage));
}

/** Begins the cycle that is due and takes its payment, or ends the subscription when none is left. */
function bill(api: Api, id: string): void {
  const sub = api.store.get('paypal.subscription', id);
  const now = api.now(sub.test_clock);
  const plan = planOf(api, sub);
  const cycle = running(plan, sub);
  if (!cycle) {
    moveTo(api, id, 'EXPIRED', null, { next_billing: null });
    tellSubscription(api, id, 'EXPIRED');
    return;
  }
  const { sequence, frequency } = cycle;
  const before = sub.done[sequence] ?? 0;
  const first = before === 0;
  const began = first ? now : sub.sequence_began;
  const skipped = first ? 0 : sub.skipped;
  api.store.patch('paypal.subscription', id, {
    done: { ...sub.done, [sequence]: before + 1 },
    sequence_began: began,
    skipped,
    next_billing: addInterval(
      began,
      frequency.interval_unit.toLowerCase(),
      frequency.interval_count * (before + skipped + 1),
    ),
  });
  charge(api, id, priceOf(plan, cycle, sub.quantity));
}

/** The subscription runs from now on; its first cycle begins at once unless it starts later. */
export function activate(api: Api, id: string): void {
  const { start, test_clock } = api.store.get('paypal.subscription', id);
  const now = api.now(test_clock);
  moveTo(api, id, 'ACTIVE', null, {
    start: Math.max(start, now),
    next_billing: Math.max(start, now),
  });
  tellSubscription(api, id, 'ACTIVATED');
  if (start <= now) bill(api, id);
}

/** After a suspension: cycles that passed meanwhile are not charged. */
export function nextBillingAfter(
  api: Api,
  sub: Subscription,
): Pick<Subscription, 'next_billing' | 'skipped'> {
  const now = api.now(sub.test_clock);
  const cycle = running(planOf(api, sub), sub);
  if (!cycle) return { next_billing: now, skipped: sub.skipped };
  const { interval_unit, interval_count } = cycle.frequency;
  const done = sub.done[cycle.sequence] ?? 0;
  const at = (cycles: number) =>
    addInterval(sub.sequence_began, interval_unit.toLowerCase(), interval_count * cycles);
  let { skipped } = sub;
  while (at(done + skipped) <= now) skipped += 1;
  return { next_billing: at(done + skipped), skipped };
}

/** What falls due for the subscriptions of a clock, or of the sandbox's own time. */
export function payPalJobs(api: Api, clock: string | null): { at: number; run: () => void }[] {
  return api.store
    .all('paypal.subscription')
    .filter((sub) => sub.status === 'ACTIVE' && sub.test_clock === clock)
    .flatMap(({ id, next_billing }) =>
      next_billing === null ? [] : [{ at: next_billing, run: () => bill(api, id) }],
    );
}
