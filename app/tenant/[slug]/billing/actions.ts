'use server';

import { z } from 'zod';
import {
  applyDiscountCode,
  billingDetailsForm,
  cancelSubscription,
  cancelSubscriptionInput,
  changeSubscription,
  changeSubscriptionInput,
  createSubscription,
  createSubscriptionInput,
  discountCodeInput,
  overageForm,
  pauseSubscription,
  reactivateSubscription,
  refreshCheckout,
  removeDiscount,
  renewCardPage,
  setAddOns,
  setAddOnsInput,
  setBillingDetails,
  resumeSubscription,
  setOverage,
  type SubscriptionDto,
  withdrawChange,
} from '@/lib/domains/billing';
import { getTenant, rootUrl } from '@/lib/domains/tenancy';
import type { Ctx } from '@/lib/kernel/ctx';
import { defineAction } from '@/lib/transport/define-action';
import { tenantBase } from '@/lib/transport/page-ctx';
import { blankAsAbsent } from '@/lib/kernel/blank-as-absent';
import { refreshShell } from '../refresh-shell';

/** The billing page as this browser sees it: on the tenant's own host, or by path on the root host. */
async function billingPage(ctx: Ctx): Promise<string> {
  const tenant = await getTenant(ctx);
  const base = await tenantBase(tenant.slug);
  return base === '' ? `${tenant.dashboard_url}/billing` : rootUrl(`${base}/billing`);
}

export const startSubscriptionAction = defineAction(
  {
    name: 'billing.start',
    access: 'tenant',
    whileSuspended: true,
    input: createSubscriptionInput
      .pick({ plan_id: true, billing_cycle: true, coupon: true, gateway: true })
      .extend({ start: z.enum(['trial', 'now']) }),
  },
  async ({ ctx, input: { start, ...plan } }) => {
    const page = await billingPage(ctx);
    const made = await createSubscription(ctx, {
      ...plan,
      ...(start === 'now' ? { trial_days: 0 } : {}),
      success_url: `${page}?checkout=success`,
      cancel_url: `${page}?checkout=cancelled`,
    });
    refreshShell();
    if (made.status === 'incomplete' && made.checkout_url) {
      return { data: made, href: made.checkout_url };
    }
    return { data: made, message: 'The trial has started. Add a card whenever you like.' };
  },
);

/** What came of a wish, for the person who had it: `done`, unless the provider has yet to hear of it. */
const wishWords = <T extends string | undefined>(made: SubscriptionDto, done: T) =>
  made.being_changed
    ? 'The payment provider can’t be reached just now. The change is kept and made as soon as it is back.'
    : done;

function changeWords(made: SubscriptionDto, when: 'now' | 'period_end' | undefined): string {
  if (when !== 'period_end') return 'The plan has changed.';
  return made.waiting_change ? 'The plan changes when the period ends.' : 'Nothing waits any more.';
}

export const changePlanAction = defineAction(
  {
    name: 'billing.change',
    access: 'tenant',
    whileSuspended: true,
    input: z.strictObject({
      subscription_id: z.string(),
      ...changeSubscriptionInput.shape,
    }),
  },
  async ({ ctx, input: { subscription_id, ...change } }) => {
    const data = await changeSubscription(ctx, subscription_id, change);
    refreshShell();
    return { data, message: wishWords(data, changeWords(data, change.when)) };
  },
);

export const cancelAction = defineAction(
  {
    name: 'billing.cancel',
    access: 'tenant',
    whileSuspended: true,
    input: z.strictObject({
      subscription_id: z.string(),
      when: cancelSubscriptionInput.shape.when,
      reason: z.preprocess(blankAsAbsent, cancelSubscriptionInput.shape.reason),
    }),
  },
  async ({ ctx, input: { subscription_id, ...input } }) => {
    const data = await cancelSubscription(ctx, subscription_id, input);
    refreshShell();
    const later = data.cancel_at ? 'It ends as asked. Until then you can keep it.' : undefined;
    const message = wishWords(data, later);
    return message ? { data, message } : { data };
  },
);

const oneSubscription = z.strictObject({ subscription_id: z.string() });

export const resumeAction = defineAction(
  { name: 'billing.resume', access: 'tenant', whileSuspended: true, input: oneSubscription },
  async ({ ctx, input }) => {
    const data = await resumeSubscription(ctx, input.subscription_id);
    refreshShell();
    return { data, message: wishWords(data, 'The subscription goes on.') };
  },
);

export const pauseAction = defineAction(
  { name: 'billing.pause', access: 'tenant', whileSuspended: true, input: oneSubscription },
  async ({ ctx, input }) => {
    const data = await pauseSubscription(ctx, input.subscription_id);
    refreshShell();
    return { data, message: wishWords(data, 'The subscription is paused.') };
  },
);

export const withdrawChangeAction = defineAction(
  { name: 'billing.withdraw', access: 'tenant', whileSuspended: true, input: oneSubscription },
  async ({ ctx, input }) => {
    const data = await withdrawChange(ctx, input.subscription_id);
    refreshShell();
    return { data, message: wishWords(data, 'The change is taken back. Your plan stays.') };
  },
);

export const applyDiscountAction = defineAction(
  {
    name: 'billing.apply_discount',
    access: 'tenant',
    whileSuspended: true,
    input: oneSubscription.extend(discountCodeInput.shape),
  },
  async ({ ctx, input: { subscription_id, code } }) => {
    const data = await applyDiscountCode(ctx, subscription_id, { code });
    refreshShell();
    return { data, message: 'The discount is yours. The next invoice counts it.' };
  },
);

export const removeDiscountAction = defineAction(
  {
    name: 'billing.remove_discount',
    access: 'tenant',
    whileSuspended: true,
    input: oneSubscription,
  },
  async ({ ctx, input }) => {
    const data = await removeDiscount(ctx, input.subscription_id);
    refreshShell();
    return { data, message: 'The discount is taken away.' };
  },
);

/** A form has words alone; what isn't a list of add-ons is refused by their schema. */
function asJson(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export const setAddOnsAction = defineAction(
  {
    name: 'billing.set_add_ons',
    access: 'tenant',
    whileSuspended: true,
    input: oneSubscription.extend({ add_ons: z.preprocess(asJson, setAddOnsInput.shape.add_ons) }),
  },
  async ({ ctx, input: { subscription_id, add_ons } }) => {
    const data = await setAddOns(ctx, subscription_id, setAddOnsInput.parse({ add_ons }));
    refreshShell();
    return {
      data,
      message: data.being_changed
        ? 'The payment provider can’t be reached just now. The change is kept and made as soon as it is back.'
        : 'Your add-ons are changed.',
    };
  },
);

/** Charged to the card on file; without a good one the browser goes to the page that takes it. */
export const reactivateAction = defineAction(
  { name: 'billing.reactivate', access: 'tenant', whileSuspended: true, input: oneSubscription },
  async ({ ctx, input }) => {
    const data = await reactivateSubscription(ctx, input.subscription_id);
    refreshShell();
    if (data.checkout_url) return { data, href: data.checkout_url };
    return { data, message: 'Welcome back. The plan runs again.' };
  },
);

export const addCardAction = defineAction(
  { name: 'billing.add_card', access: 'tenant', whileSuspended: true, input: oneSubscription },
  async ({ ctx, input }) => {
    const data = await renewCardPage(ctx, input.subscription_id);
    return data.checkout_url ? { data, href: data.checkout_url } : { data };
  },
);

export const setOverageAction = defineAction(
  { name: 'billing.set_overage', access: 'tenant', whileSuspended: true, input: overageForm },
  async ({ ctx, input: { meter, ...input } }) => {
    const data = await setOverage(ctx, meter, input);
    refreshShell();
    return { data, message: data.next ? 'Saved. It changes with the next month.' : 'Saved.' };
  },
);

export const billingDetailsAction = defineAction(
  { name: 'billing.details', access: 'tenant', whileSuspended: true, input: billingDetailsForm },
  async ({ ctx, input }) => {
    const data = await setBillingDetails(ctx, input);
    refreshShell();
    return { data, message: 'Saved. Invoices are made out like that from now on.' };
  },
);

/** On the way back from the hosted page: asks the provider instead of waiting to be told. */
export const refreshCheckoutAction = defineAction(
  { name: 'billing.refresh', access: 'tenant', whileSuspended: true, input: z.strictObject({}) },
  async ({ ctx }) => {
    const data = await refreshCheckout(ctx);
    refreshShell();
    return { data };
  },
);
