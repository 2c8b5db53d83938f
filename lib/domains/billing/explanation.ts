import { usagePoint } from '@/lib/domains/usage/schemas';
import { z } from 'zod';
import { invoiceLine, moneyDto } from './schemas';

/** A rule of the product's billing rules, in words. */
const rule = z.object({ number: z.int(), title: z.string(), text: z.string() });

const arithmetic = z.object({
  formula: z.string(),
  /** The formula with its figures, as a person reads it. */
  text: z.string(),
  /** The figures: minor units, seconds, units. */
  values: z.record(z.string(), z.number()),
  /** Whether working it out again gives the line's amount. */
  agrees: z.boolean(),
});
export type Arithmetic = z.infer<typeof arithmetic>;

/** The change of a subscription that made a line. */
const change = z.object({
  at: z.iso.datetime(),
  by: z.string().nullable(),
  from: z.object({ plan_id: z.string(), billing_cycle: z.string() }).nullable(),
  to: z.object({ plan_id: z.string(), billing_cycle: z.string() }).nullable(),
});

const usage = z.object({
  meter: z.string(),
  /** What was metered when the line was made. */
  billed_units: z.number(),
  included_units: z.number(),
  /** Day by day, UTC; null for a caller who may not read usage. */
  days: z.array(usagePoint).nullable(),
  /** The days' sum as it is now; it differs from `billed_units` when events came late. */
  total: z.number().nullable(),
});

const explainedLine = z.object({
  line: invoiceLine,
  /** Null for a line that was added by hand at the payment provider. */
  rule: rule.nullable(),
  /** Null where the payment provider worked it out and doesn't say from what. */
  arithmetic: arithmetic.nullable(),
  change: change.nullable(),
  usage: usage.nullable(),
});
export type ExplainedLine = z.infer<typeof explainedLine>;

export const invoiceExplanation = z.object({
  invoice_id: z.string(),
  number: z.string(),
  lines: z.array(explainedLine),
  /** From top to bottom; what was taken off is negative. `strong` rows are sums of those above. */
  sums: z.array(
    z.object({
      label: z.string(),
      amount: moneyDto,
      strong: z.boolean(),
      rule: rule.nullable(),
    }),
  ),
});
export type InvoiceExplanation = z.infer<typeof invoiceExplanation>;
