import { z } from 'zod';
import { discountDurations, discountGift } from '@/lib/domains/billing/discount/schemas';
import { given, reason } from '../list-parts';
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

export const discountRemovalInput = z.strictObject({ id: tenantId, reason });
export type DiscountRemovalInput = z.output<typeof discountRemovalInput>;
