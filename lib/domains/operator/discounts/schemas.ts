import { z } from 'zod';
import { discountDurations, discountGift } from '@/lib/domains/billing/discount/schemas';
import { giftStatusSchema } from '@/lib/domains/billing/discount/requests/schemas';
import { moneyDto } from '@/lib/domains/billing/schemas';
import { given, page, reason, reasonKept, search } from '../list-parts';
import { figure } from '../typed-fields';

const tenantId = z.string().max(60);

/** A figure as it is typed: 12.5 or 12,5. */
const typed = figure(/^\d{1,6}([.,]\d{1,2})?$/, 'Enter a figure such as 20 or 12.50.');

/** The gift as its form sends it; `value` is a percentage, or an amount in whole units of the currency. */
export const discountGiftForm = z
  .strictObject({
    id: tenantId,
    kind: z.enum(['percent', 'amount']),
    value: typed,
    duration: z.enum(discountDurations),
    months: given(z.coerce.number().int()),
    reason,
  })
  .transform(({ id, kind, value, duration, months, reason: why }, check) => {
    const gift = discountGift.safeParse({
      ...(kind === 'percent' ? { percent_off: value / 100 } : { amount_off: value }),
      duration,
      ...(duration === 'repeating' && months !== undefined ? { months } : {}),
      reason: why,
    });
    if (gift.success) return { id, gift: gift.data };
    for (const issue of gift.error.issues) {
      const field = String(issue.path[0] ?? 'value');
      const path = [field.endsWith('_off') ? 'value' : field];
      check.addIssue({ code: 'custom', path, message: issue.message });
    }
    return z.NEVER;
  });
export type DiscountGiftInput = z.output<typeof discountGiftForm>;

/** The gift as a call sends it: a percentage, or an amount in minor units of the subscription's currency. */
export const discountGiftBody = discountGift;

export const discountRemovalBody = z.strictObject({ reason });
export const discountRemovalInput = discountRemovalBody.extend({ id: tenantId });
export type DiscountRemovalInput = z.output<typeof discountRemovalInput>;

const refusal = reasonKept('with the discount and in the audit log');
export const discountRefusalBody = z.strictObject({ reason: refusal });
export const discountIdInput = z.strictObject({ id: z.string().max(60) });
export const discountRefusalInput = discountRefusalBody.extend({ id: z.string().max(60) });

const time = z.iso.datetime();
const person = z.object({ id: z.string(), email: z.string() });

/** A discount that an operator gave, or asked for. */
export const adminDiscount = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  subscription_id: z.string(),
  /** Of the two, one is null. */
  percent_off: z.number().nullable(),
  amount_off: moneyDto.nullable(),
  duration: z.enum(discountDurations),
  /** Of `repeating`. */
  months: z.int().nullable(),
  /** What it takes off within a year, as it was asked for. */
  value: moneyDto,
  status: giftStatusSchema,
  reason: z.string(),
  requested_by: person,
  requested_at: time,
  /** Who approved or refused it: whoever asked, where one operator may give it alone. */
  decided_by: person.nullable(),
  decided_at: time.nullable(),
  refusal: z.string().nullable(),
});
export type AdminDiscount = z.infer<typeof adminDiscount>;

export const adminDiscountPage = z.object({
  data: z.array(adminDiscount),
  next_cursor: z.string().nullable(),
});
export type AdminDiscountPage = z.infer<typeof adminDiscountPage>;

export const adminDiscountQuery = z.strictObject({
  ...page,
  search,
  status: given(giftStatusSchema),
});
export type AdminDiscountQuery = z.output<typeof adminDiscountQuery>;
