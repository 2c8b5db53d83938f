import { z } from 'zod';
import { disputeStatusSchema, refundStatusSchema } from '@/lib/domains/billing/refunds/schemas';
import { gatewaySchema, invoiceStatusSchema, moneyDto } from '@/lib/domains/billing/schemas';
import { given, page, reasonKept, search } from '../list-parts';
import { figure } from '../typed-fields';

const time = z.iso.datetime();
const reason = reasonKept('with the refund and in the audit log');

/** Money of an invoice to be given back; without an amount, all that is left. */
export const refundBody = z.strictObject({
  amount: moneyDto
    .extend({
      amount: z.int().min(1, 'Give more than 0.'),
      currency: z.string().toLowerCase(),
    })
    .optional(),
  reason,
});
export type RefundBody = z.output<typeof refundBody>;

/** A sum as it is typed, in whole units of the currency, as minor units. */
const typedAmount = figure(/^\d{1,9}([.,]\d{1,2})?$/, 'Enter an amount such as 50 or 49.90.').pipe(
  z.int().min(1, 'Give more than 0.'),
);

/** The same as its form sends it: the field of the amount is there only where a part is wanted. */
export const refundForm = z
  .object({
    /** Names the form, which a page gives anew each time it is made. */
    request_key: z.uuid(),
    invoice_id: z.string().max(60),
    currency: z.string(),
    share: z.enum(['all', 'part']),
    amount: typedAmount.optional(),
    reason,
  })
  .refine(({ share, amount }) => share === 'all' || amount !== undefined, {
    path: ['amount'],
    message: 'Enter an amount such as 50 or 49.90.',
  })
  .transform(({ request_key, invoice_id, currency, share, amount, ...rest }) => ({
    request_key,
    invoice_id,
    body: {
      ...rest,
      ...(share === 'part' && amount !== undefined ? { amount: { amount, currency } } : {}),
    },
  }));

export const refusalBody = z.strictObject({ reason });
export const refundIdInput = z.strictObject({ id: z.string().max(60) });
export const refusalInput = refusalBody.extend({ id: z.string().max(60) });

const tenant = z.object({ id: z.string(), slug: z.string(), name: z.string() });
const person = z.object({ id: z.string(), email: z.string() });

export const adminRefund = z.object({
  id: z.string(),
  tenant,
  invoice: z.object({ id: z.string(), number: z.string() }),
  amount: moneyDto,
  status: refundStatusSchema,
  reason: z.string(),
  /** Null where it was made at the provider by hand. */
  requested_by: person.nullable(),
  requested_at: time,
  /** Who approved or refused it. */
  decided_by: person.nullable(),
  decided_at: time.nullable(),
  /** Why an operator refused it. */
  refusal: z.string().nullable(),
  provider_id: z.string().nullable(),
  /** Why the provider didn't give it back. */
  failure: z.string().nullable(),
  /** Its number, and its id, by which its PDF is had. */
  credit_note: z.string().nullable(),
  credit_note_id: z.string().nullable(),
  settled_at: time.nullable(),
});
export type AdminRefund = z.infer<typeof adminRefund>;

export const adminRefundPage = z.object({
  data: z.array(adminRefund),
  next_cursor: z.string().nullable(),
});
export type AdminRefundPage = z.infer<typeof adminRefundPage>;

export const adminRefundQuery = z.strictObject({
  ...page,
  search,
  status: given(refundStatusSchema),
});
export type AdminRefundQuery = z.output<typeof adminRefundQuery>;

export const adminInvoiceQuery = z.strictObject({
  ...page,
  search,
  status: given(invoiceStatusSchema),
  gateway: given(gatewaySchema),
  /** Only those of which something went back or is disputed. */
  money_back: given(z.enum(['refunded', 'disputed'])),
});
export type AdminInvoiceQuery = z.output<typeof adminInvoiceQuery>;

export const adminInvoice = z.object({
  id: z.string(),
  number: z.string(),
  tenant,
  status: invoiceStatusSchema,
  gateway: gatewaySchema,
  total: moneyDto,
  amount_paid: moneyDto,
  /** Given back, by refunds that are done. */
  amount_refunded: moneyDto,
  /** The dispute that came last, if there was one. */
  dispute: disputeStatusSchema.nullable(),
  issued_at: time,
});
export type AdminInvoice = z.infer<typeof adminInvoice>;

export const adminInvoicePage = z.object({
  data: z.array(adminInvoice),
  next_cursor: z.string().nullable(),
});
export type AdminInvoicePage = z.infer<typeof adminInvoicePage>;
