import { money } from '@/lib/kernel/money';
import { z } from 'zod';
import type { InvoiceLineDto, LineKind } from './schemas';

/** What a prorated line was worked out from: `|amount| = whole × seconds / ofSeconds`, in minor units. */
export const prorationSchema = z.object({
  whole: z.int(),
  seconds: z.int(),
  ofSeconds: z.int().positive(),
});
export type Proration = z.infer<typeof prorationSchema>;

/** What an overage was worked out from; `uncapped` and `billedBefore` in minor units. */
export const usageBasisSchema = z.object({
  meter: z.string(),
  units: z.number(),
  included: z.number(),
  centsPerThousand: z.number(),
  uncapped: z.int(),
  billedBefore: z.int(),
  /** Of a month that was closed before, be it at 0. */
  correction: z.literal(true).optional(),
});
export type UsageBasis = z.infer<typeof usageBasisSchema>;

/** A line as it is kept: amounts in minor units of the invoice's currency, negative for credits. */
export type InvoiceLineFacts = {
  kind: LineKind;
  /** The plan, add-on or meter that was sold; null for what isn't of the catalogue. */
  itemKey: string | null;
  description: string;
  quantity: number | null;
  /** Of one unit, as a decimal: it may have parts of a cent. */
  unitAmount: string | null;
  /** Before discounts. */
  amount: number;
  discount: number;
  tax: number;
  periodStart: Date;
  periodEnd: Date;
  proration: Proration | null;
  usage: UsageBasis | null;
  providerId: string | null;
};

/** A line of a provider's, with the lines (by their ids there) whose time it gives back. */
export type ProviderLine = InvoiceLineFacts & { credits: readonly string[] };

/** A line as the outside sees it. */
export function toLineDto(line: InvoiceLineFacts, currency: string): InvoiceLineDto {
  return {
    kind: line.kind,
    item: line.itemKey,
    description: line.description,
    quantity: line.quantity,
    unit_amount_decimal: line.unitAmount,
    amount: money(line.amount, currency),
    discount: money(line.discount, currency),
    tax: money(line.tax, currency),
    period: { start: line.periodStart.toISOString(), end: line.periodEnd.toISOString() },
    proration: line.kind === 'remaining_time' || line.kind === 'unused_time',
  };
}
