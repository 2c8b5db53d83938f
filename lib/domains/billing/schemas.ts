import { z } from 'zod';
import {
  billingCycleSchema,
  featureSchema,
  limitsSchema,
  planIdSchema,
} from '@/lib/domains/entitlements/schemas';
import { addOnCountDto } from './add-ons/schemas';
import { discountDto } from './discount/schemas';
import { buyerSchema, partySchema } from './invoice-parties';
import { moneyDto } from './money-dto';
import { dunningDto } from './dunning/schemas';

export { moneyDto };

export const planDto = z.object({
  id: planIdSchema,
  name: z.string(),
  version: z.int(),
  /** Null where the price is quoted. */
  prices: z.object({
    monthly: moneyDto.nullable(),
    quarterly: moneyDto.nullable(),
    annual: moneyDto.nullable(),
  }),
  trial_days: z.int(),
  /** Null is unlimited; storage in bytes. */
  limits: limitsSchema,
  /** What is there today. */
  features: z.array(featureSchema),
});
export type PlanDto = z.infer<typeof planDto>;

export const planList = z.object({ data: z.array(planDto), next_cursor: z.null() });
export type PlanList = z.infer<typeof planList>;

export const subscriptionStatuses = [
  'incomplete',
  'trialing',
  'active',
  'past_due',
  'paused',
  'cancelled',
  'unpaid',
] as const;
export const subscriptionStatusSchema = z.enum(subscriptionStatuses);
export type SubscriptionStatus = z.infer<typeof subscriptionStatusSchema>;

/** How a subscription is wished to end. */
export const wishEnds = ['none', 'period_end', 'now'] as const;
export const gatewaySchema = z.enum(['stripe', 'paypal']);
export type GatewayName = z.infer<typeof gatewaySchema>;

export const subscriptionDto = z.object({
  id: z.string(),
  status: subscriptionStatusSchema,
  plan_id: planIdSchema,
  billing_cycle: billingCycleSchema,
  gateway: gatewaySchema,
  /** What the payer's account is called that is charged with their consent, such as PayPal; null: a card or an invoice. */
  account: z.string().nullable(),
  trial_ends_at: z.iso.datetime().nullable(),
  current_period_start: z.iso.datetime().nullable(),
  current_period_end: z.iso.datetime().nullable(),
  cancel_at: z.iso.datetime().nullable(),
  /** What is charged beside the plan, by key. */
  add_ons: z.array(addOnCountDto),
  /** What takes the place of plan and add-ons when the period ends; null when nothing waits. */
  waiting_change: z
    .object({
      plan_id: planIdSchema,
      billing_cycle: billingCycleSchema,
      add_ons: z.array(addOnCountDto),
      at: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** What is taken off what is charged; null when nothing is. */
  discount: discountDto.nullable(),
  /** Days after its date on which an invoice is due, where invoices are sent; null: the card is charged. */
  invoice_days: z.int().nullable(),
  /** What was asked for last is still being done at the payment provider. */
  being_changed: z.boolean(),
  /** What an overdue payment has led to; null while nothing is overdue. */
  dunning: dunningDto.nullable(),
  /** Where a card is entered; null when nothing is to be entered. */
  checkout_url: z.url().nullable(),
});
export type SubscriptionDto = z.infer<typeof subscriptionDto>;

export const subscriptionPage = z.object({
  data: z.array(subscriptionDto),
  next_cursor: z.string().nullable(),
});
export type SubscriptionPage = z.infer<typeof subscriptionPage>;

const returnUrl = z.string().max(2_000, 'An address has at most 2,000 characters.');

export const createSubscriptionInput = z.strictObject({
  plan_id: planIdSchema,
  billing_cycle: billingCycleSchema,
  /** Whole days from now; left out: all that is left; 0: paid from today. */
  trial_days: z.int().min(0).max(365).optional(),
  success_url: returnUrl.optional(),
  cancel_url: returnUrl.optional(),
  /** A promotion code or coupon. */
  coupon: z.string().trim().min(1).max(100).optional(),
  gateway: gatewaySchema.optional(),
});
export type CreateSubscriptionInput = z.output<typeof createSubscriptionInput>;

export const whenSchema = z.enum(['now', 'period_end']);

export const changeSubscriptionInput = z
  .strictObject({
    plan_id: planIdSchema.optional(),
    billing_cycle: billingCycleSchema.optional(),
    when: whenSchema.optional(),
  })
  .refine((change) => change.plan_id !== undefined || change.billing_cycle !== undefined, {
    path: ['plan_id'],
    message: 'Name the plan or the billing cycle to change to.',
    params: { code: 'required' },
  });
export type ChangeSubscriptionInput = z.output<typeof changeSubscriptionInput>;

export const cancelSubscriptionInput = z.strictObject({
  when: whenSchema,
  reason: z.string().trim().min(1).max(500).optional(),
});
export type CancelSubscriptionInput = z.output<typeof cancelSubscriptionInput>;

export const lineKindSchema = z.enum([
  'period',
  'trial',
  'remaining_time',
  'unused_time',
  'overage',
  'overage_correction',
  'other',
]);
export type LineKind = z.infer<typeof lineKindSchema>;

export const invoiceLine = z.object({
  kind: lineKindSchema,
  /** The plan, add-on or meter that was sold; null for what isn't of the catalogue. */
  item: z.string().nullable(),
  description: z.string(),
  quantity: z.number().nullable(),
  /** Minor units of one unit, as a decimal: it may have parts of a cent. */
  unit_amount_decimal: z.string().nullable(),
  /** Before discounts; negative for credits. */
  amount: moneyDto,
  discount: moneyDto,
  tax: moneyDto,
  period: z.object({ start: z.iso.datetime(), end: z.iso.datetime() }),
  /** Whether it is a part of a period's price. */
  proration: z.boolean(),
});
export type InvoiceLineDto = z.infer<typeof invoiceLine>;

export const changePreview = z.object({
  lines: z.array(invoiceLine),
  due_now: moneyDto,
  next_invoice: z.object({ at: z.iso.datetime(), total: moneyDto }).nullable(),
});
export type ChangePreview = z.infer<typeof changePreview>;

export const invoiceStatusSchema = z.enum(['open', 'paid', 'uncollectible', 'void']);
export type InvoiceStatus = z.infer<typeof invoiceStatusSchema>;

export const invoiceDto = z.object({
  id: z.string(),
  /** One series over all gateways, without gaps: `NZ-2026-000123`. */
  number: z.string(),
  gateway: gatewaySchema,
  /** What the gateway calls it, where it keeps it. */
  provider_number: z.string().nullable(),
  status: invoiceStatusSchema,
  /** Null on invoices from before it was kept. */
  seller: partySchema.nullable(),
  buyer: buyerSchema.nullable(),
  subscription_id: z.string().nullable(),
  /** Sum of the lines before discounts. */
  subtotal: moneyDto,
  discount: moneyDto,
  tax: moneyDto,
  total: moneyDto,
  /** Credit that was used up, or, of a negative total, given. */
  balance_applied: moneyDto,
  amount_paid: moneyDto,
  amount_due: moneyDto,
  lines: z.array(invoiceLine),
  period_start: z.iso.datetime().nullable(),
  period_end: z.iso.datetime().nullable(),
  issued_at: z.iso.datetime().nullable(),
  due_at: z.iso.datetime().nullable(),
  paid_at: z.iso.datetime().nullable(),
  /** The provider's page of the invoice, where an open one can be paid. */
  hosted_url: z.url().nullable(),
});
export type InvoiceDto = z.infer<typeof invoiceDto>;

/** A4 unless Letter is asked for. */
export const invoicePdfQuery = z.strictObject({ size: z.enum(['a4', 'letter']).default('a4') });

export const invoicePage = z.object({
  data: z.array(invoiceDto),
  next_cursor: z.string().nullable(),
});
export type InvoicePage = z.infer<typeof invoicePage>;

/** Lists, newest first; `cursor` is the `next_cursor` of the page before. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(100).optional(),
});
export type ListQuery = z.output<typeof listQuery>;

/** The card that renewals are charged to, as far as it may be shown. */
export const cardSchema = z.object({
  id: z.string(),
  brand: z.string(),
  last4: z.string(),
  exp_month: z.int(),
  exp_year: z.int(),
});
export type Card = z.infer<typeof cardSchema>;
