import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { type Discount, isPastEnd, sameDiscount } from '../../discount/schemas';
import { discountAtProvider, nextAtProvider, sameTerms } from '../../wish';
import type { Gateway, Push } from '../port';
import { collectionOf, collectionOfPhase } from './by-invoice';
import { termsMetadata } from './catalogue';
import { discountOf, referenceOf, WITH_DISCOUNT } from './discounts';
import { idOf } from './from-stripe';
import { changesTo, newItems, termsOfItems } from './items';
import { readNext } from './read-next';

/** One call of a push: the key is of the wish and the step, so that a repeated push repeats nothing. */
const keyed = (push: Push, step: string) => ({
  idempotencyKey: `push-${push.subscriptionId}-${push.revision}-${step}`,
});

type Live = Stripe.Subscription;

const retrieve = ({ providerId }: Push): Promise<Live> =>
  callStripe((stripe) => stripe.subscriptions.retrieve(providerId, { expand: WITH_DISCOUNT }));

const endsLater = (live: Live) => live.cancel_at_period_end || live.cancel_at !== null;

async function release(push: Push, live: Live): Promise<void> {
  const schedule = idOf(live.schedule);
  if (!schedule) return;
  await callStripe((stripe) =>
    stripe.subscriptionSchedules.release(schedule, {}, keyed(push, 'release')),
  );
}

async function changeItems(push: Push, live: Live): Promise<void> {
  // By invoice nothing is collected in the call, so that no card can refuse it.
  const lenient = live.status === 'trialing' || push.offer.plan.quoted !== null;
  const items = await changesTo(live, push.offer);
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      live.id,
      {
        items,
        ...collectionOf(push.offer),
        proration_behavior: live.status === 'trialing' ? 'none' : 'always_invoice',
        payment_behavior: lenient ? 'allow_incomplete' : 'error_if_incomplete',
      },
      keyed(push, 'items'),
    ),
  );
}

async function setEnd(push: Push, live: Live, ends: boolean): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      live.id,
      ends
        ? {
            cancel_at_period_end: true,
            ...(push.reason ? { cancellation_details: { comment: push.reason } } : {}),
          }
        : live.cancel_at_period_end
          ? { cancel_at_period_end: false }
          : { cancel_at: '' },
      keyed(push, 'end'),
    ),
  );
}

/** What counts from here on: the next invoice is the first that sees it. */
async function setDiscount(push: Push, live: Live, discount: Discount | null): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.update(
      live.id,
      { discounts: discount ? [referenceOf(discount)] : '' },
      keyed(push, 'discount'),
    ),
  );
}

async function endNow(push: Push): Promise<void> {
  try {
    await callStripe((stripe) =>
      stripe.subscriptions.cancel(
        push.providerId,
        {
          // What is pending is owed; nothing is paid back.
          invoice_now: true,
          prorate: false,
          ...(push.reason ? { cancellation_details: { comment: push.reason } } : {}),
        },
        keyed(push, 'cancel'),
      ),
    );
  } catch (error) {
    // It has ended there already.
    if (stripeErrorCode(error) !== 'resource_missing') throw error;
  }
}

/** What the running phase keeps of the subscription; a phase that doesn't say so would take it away. */
function runningPhase(live: Live) {
  const [item] = live.items.data;
  return {
    items: live.items.data.map(({ price, quantity }) => ({
      price: price.id,
      ...(quantity === undefined ? {} : { quantity }),
    })),
    ...(item ? { start_date: item.current_period_start, end_date: item.current_period_end } : {}),
    ...(live.status === 'trialing' && live.trial_end ? { trial_end: live.trial_end } : {}),
    ...discountsOf(live),
  };
}

function discountsOf(live: Live) {
  const discounts = live.discounts.flatMap((discount) => idOf(discount) ?? []);
  return discounts.length > 0 ? { discounts: discounts.map((discount) => ({ discount })) } : {};
}

/** Lets the next terms take over at the period's end, without anything prorated. */
async function schedule(push: Push, live: Live, attached: string | null): Promise<void> {
  const { nextOffer } = push;
  if (!nextOffer) return;
  const items = await newItems(nextOffer);
  const id =
    attached ??
    (
      await callStripe((stripe) =>
        stripe.subscriptionSchedules.create(
          { from_subscription: live.id },
          keyed(push, 'schedule'),
        ),
      )
    ).id;
  await callStripe((stripe) =>
    stripe.subscriptionSchedules.update(
      id,
      {
        end_behavior: 'release',
        metadata: termsMetadata(nextOffer),
        phases: [
          runningPhase(live),
          {
            items,
            ...(live.collection_method === 'send_invoice' ? collectionOfPhase(nextOffer) : {}),
            duration: phaseLength(nextOffer.cycle),
            proration_behavior: 'none',
            ...discountsOf(live),
          },
        ],
      },
      keyed(push, 'phases'),
    ),
  );
}

function phaseLength(cycle: 'monthly' | 'quarterly' | 'annual') {
  return cycle === 'annual'
    ? { interval: 'year' as const, interval_count: 1 }
    : { interval: 'month' as const, interval_count: cycle === 'monthly' ? 1 : 3 };
}

/** What of the wish isn't so there. */
function compare({ wish, asksDiscount, now }: Push, live: Live) {
  const named = discountOf(live);
  // It is named until the next invoice, and takes nothing off that.
  const there = named && isPastEnd(named, now.getTime()) ? null : named;
  const discount = discountAtProvider(wish, there, asksDiscount);
  return {
    items: !sameTerms(termsOfItems(live.items.data), wish.terms),
    end: endsLater(live) !== (wish.end === 'period_end'),
    pause: (live.status === 'paused') !== wish.paused,
    discount: sameDiscount(discount, there) ? undefined : discount,
  };
}

/**
 * Compares the subscription with the wish and makes those calls that are missing. A schedule stands
 * in the way of other changes, so it is released before them and made anew.
 */
export const pushToStripe: Gateway['push'] = async (push) => {
  const { wish } = push;
  const live = await retrieve(push);
  if (live.status === 'canceled' || live.status === 'incomplete_expired') return;
  if (wish.end === 'now') return endNow(push);
  const paused = live.status === 'paused';
  const differs = compare(push, live);
  const next = nextAtProvider(wish);
  const other = differs.items || differs.end || differs.pause || differs.discount !== undefined;
  const released = other || next === null;
  if (released) await release(push, live);
  if (differs.pause && paused) {
    await callStripe((stripe) => stripe.subscriptions.resume(live.id, {}, keyed(push, 'resume')));
  }
  if (differs.discount !== undefined) await setDiscount(push, live, differs.discount);
  if (differs.items) await changeItems(push, live);
  if (differs.end) await setEnd(push, live, wish.end === 'period_end');
  if (differs.pause && !paused) await pause(push, live);
  if (next === null) return;
  const attached = released ? null : idOf(live.schedule);
  if (attached && sameTerms(await readNext(attached), next)) return;
  // What was changed a moment ago has a period of its own.
  const now = other ? await retrieve(push) : live;
  await schedule(push, now, attached);
};

async function pause(push: Push, live: Live): Promise<void> {
  await callStripe((stripe) =>
    stripe.subscriptions.pause(
      live.id,
      {
        type: 'subscription',
        bill_for: {
          unused_time_from: { type: 'now' },
          outstanding_usage_through: { type: 'none' },
        },
        invoicing_behavior: 'pending_invoice_item',
      },
      keyed(push, 'pause'),
    ),
  );
}
