import { callStripe, type Stripe, stripeErrorCode } from '@/lib/infra/stripe';
import { dateOf } from '@/lib/kernel/unix-time';
import type { FullOffer, Gateway, InvoicePreview, RenewalPreview, Standing } from '../port';
import { referenceOf } from './discounts';
import { idOf } from './from-stripe';
import { changesTo, newItems, termsOfItems } from './items';
import { toInvoiceLine } from './to-invoice-line';

function toPreview(invoice: Stripe.Invoice): InvoicePreview {
  const lines = invoice.lines.data.map(toInvoiceLine);
  // What is credited ran to the end of the period before, which may be the later one.
  const sold = lines.filter(({ kind }) => kind !== 'unused_time');
  return {
    at: dateOf(invoice.created),
    currency: invoice.currency,
    total: invoice.total,
    // A draft's `amount_due` may be from before the customer's balance is taken into account.
    due: Math.max(0, invoice.total + invoice.starting_balance),
    creditBefore: Math.max(0, 0 - invoice.starting_balance),
    lines,
    periodEnd:
      sold.length === 0
        ? null
        : new Date(Math.max(...sold.map(({ periodEnd }) => periodEnd.getTime()))),
  };
}

const ask = (params: Stripe.InvoiceCreatePreviewParams) =>
  callStripe((stripe) => stripe.invoices.createPreview(params));

const retrieve = (providerId: string) =>
  callStripe((stripe) =>
    stripe.subscriptions.retrieve(providerId, { expand: ['discounts.source.coupon'] }),
  );

/** Discounts that are still there once the invoice before has used up what is good for one. */
function lastingDiscounts(live: Stripe.Subscription) {
  return live.discounts
    .filter((discount) => {
      if (typeof discount === 'string') return true;
      const { coupon } = discount.source;
      return typeof coupon !== 'object' || coupon?.duration !== 'once';
    })
    .map((discount) => ({ discount: idOf(discount) ?? '' }));
}

/** What a whole period of an offer costs this customer, when its cycle begins the period anew. */
async function wholePeriod(live: Stripe.Subscription, offer: FullOffer): Promise<Stripe.Invoice> {
  return ask({
    customer: idOf(live.customer) ?? '',
    subscription_details: { items: await newItems(offer) },
    discounts: offer.plan.quoted ? '' : lastingDiscounts(live),
  });
}

/** What was quoted was agreed as it is: no discount of before is taken off it. */
const discountsUnder = ({ plan }: FullOffer) => (plan.quoted ? { discounts: '' as const } : {});

export const previewChange: Gateway['previewChange'] = async (standing, offer) => {
  const live = await retrieve(standing.providerId);
  const invoice = await ask({
    subscription: standing.providerId,
    subscription_details: {
      items: await changesTo(live, offer),
      proration_behavior: standing.trialing ? 'none' : 'always_invoice',
    },
    ...discountsUnder(offer),
  });
  return toPreview(invoice);
};

/**
 * Another cycle at the period's end is asked for as if it began now: then the invoice has what is pending and the
 * whole new period, as the renewal will. After a change now, nothing of before is left for it.
 */
async function renewal(
  { providerId, trialing }: Standing,
  offer: FullOffer | null,
  { afterChange = false, discount }: RenewalPreview,
) {
  const discounts = discount ? { discounts: [referenceOf(discount)] } : {};
  if (!offer) return ask({ subscription: providerId, ...discounts });
  const live = await retrieve(providerId);
  const current = termsOfItems(live.items.data);
  const anew = !trialing && current?.billingCycle !== offer.cycle;
  if (anew && afterChange) return wholePeriod(live, offer);
  return ask({
    subscription: providerId,
    subscription_details: { items: await changesTo(live, offer), proration_behavior: 'none' },
    ...discounts,
    ...discountsUnder(offer),
  });
}

export const previewRenewal: Gateway['previewRenewal'] = async (standing, offer, more = {}) => {
  try {
    return toPreview(await renewal(standing, offer, more));
  } catch (error) {
    if (stripeErrorCode(error) === 'invoice_upcoming_none') return null;
    throw error;
  }
};
