import { z } from 'zod';

/** What every mail about the life of a subscription must know; days are ISO 8601, amounts are written out: `$199.00`. */
const about = {
  to: z.email(),
  /** Where something can be done about it. */
  link: z.url(),
  tenantName: z.string(),
};
const planName = z.string();
const day = z.iso.datetime();

/** What follows a trial: it is charged or invoiced, or it ends unless a card is entered or a plan chosen. */
export const trialOutcomes = ['charged', 'invoiced', 'card_missing', 'plan_missing'] as const;

/** Why a subscription is over. */
export const endReasons = ['asked', 'trial_over', 'unpaid', 'provider'] as const;

/** Mails about beginning, payment and end of a subscription. */
export const subscriptionMails = [
  z.object({
    template: z.literal('trial_ending'),
    ...about,
    planName,
    endsAt: day,
    outcome: z.enum(trialOutcomes),
    /** "$199.00 a month", before tax; null where nothing is charged. */
    price: z.string().nullable(),
    /** "your Visa ending 4242" or "PayPal"; null where nothing is. */
    paidBy: z.string().nullable(),
  }),
  z.object({ template: z.literal('payment_returned'), ...about, planName }),
  z.object({
    template: z.literal('subscription_ending'),
    ...about,
    planName,
    until: day,
    onTrial: z.boolean(),
  }),
  z.object({
    template: z.literal('subscription_ended'),
    ...about,
    planName,
    endedAt: day,
    reason: z.enum(endReasons),
  }),
  z.object({
    template: z.literal('receipt'),
    ...about,
    invoice: z.string(),
    amount: z.string(),
    paidAt: day,
    /** What was bought, a line each. */
    lines: z.array(z.string()),
  }),
  z.object({
    template: z.literal('plan_moved'),
    ...about,
    planName,
    /** From when on; null takes back what an earlier mail said. */
    at: day.nullable(),
    atOnce: z.boolean(),
    /** "$199.00 a month", before tax and discounts. */
    before: z.string().nullable(),
    after: z.string().nullable(),
    rises: z.boolean(),
  }),
] as const;
