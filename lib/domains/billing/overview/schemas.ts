import { z } from 'zod';
import { billingCycleSchema, limitsSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { discountDto } from '../discount/schemas';
import { cardSchema, gatewaySchema, moneyDto, planDto, subscriptionDto } from '../schemas';

/** What a payment is for, in words, and how much of it. */
const paymentPart = z.object({ label: z.string(), amount: moneyDto });
export type PaymentPart = z.infer<typeof paymentPart>;

/** An invoice that is open after the end of its subscription, and where it is paid. */
export const unpaidInvoice = z.object({
  id: z.string(),
  number: z.string(),
  owed: moneyDto,
  pay_url: z.url(),
});
export type UnpaidInvoice = z.infer<typeof unpaidInvoice>;

const wayToPay = z.object({
  name: gatewaySchema,
  /** What the payer's account is called, as in a subscription; null: a card. */
  account: z.string().nullable(),
  takes_codes: z.boolean(),
});

export const billingOverview = z.object({
  rights: z.object({
    source: z.enum(['trial', 'subscription', 'none']),
    plan_id: planIdSchema,
    /** As it is or was sold. */
    plan_name: z.string(),
    /** What can be bought above it, smallest first. */
    larger_plans: z.array(planIdSchema),
    limits: limitsSchema,
    valid_until: z.iso.datetime().nullable(),
  }),
  subscription: subscriptionDto.nullable(),
  /** The one that ran last, when none does now. */
  ended: subscriptionDto.nullable(),
  ended_at: z.iso.datetime().nullable(),
  /** The discount that comes along when that one is started again. */
  kept_discount: discountDto.nullable(),
  /** What is to be paid before another can begin; null while one is live. */
  unpaid: unpaidInvoice.nullable(),
  card: cardSchema.nullable(),
  /** Null when nothing will be charged, or the provider can't say just now. */
  next_payment: z
    .object({ at: z.iso.datetime(), total: moneyDto, parts: z.array(paymentPart) })
    .nullable(),
  /** A new version of the plan that we announced; null where nothing is to come. */
  plan_move: z
    .object({
      at: z.iso.datetime(),
      billing_cycle: billingCycleSchema,
      price_before: moneyDto.nullable(),
      price_after: moneyDto.nullable(),
      /** Whether it is all that comes next, so that nothing of it can be undone. */
      alone: z.boolean(),
    })
    .nullable(),
  plans: z.array(planDto.extend({ trial_left: z.int() })),
  /** A trial runs that ends unless a card is entered. */
  wants_card: z.boolean(),
  /** Another card may take the place of the one that is charged. */
  card_replaceable: z.boolean(),
  /** Why who collects can't change plan and cycle of what runs, and what to do instead; null where that is possible. */
  change_refused: z.string().nullable(),
  /** Whether what runs can be discounted. */
  discountable: z.boolean(),
  /** What becomes of the paid time of what runs while it is paused; null while nothing runs. */
  pausing: z.string().nullable(),
  /** Ways to pay that are set up here, the usual one first. */
  gateways: z.array(wayToPay),
});
export type BillingOverview = z.infer<typeof billingOverview>;
