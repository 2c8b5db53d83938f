import { z } from 'zod';
import { moneyDto } from '../money-dto';

export const discountDurations = ['once', 'repeating', 'forever'] as const;

/** What is taken off: hundredths of a percent, or minor units of a currency. */
const offSchema = z.union([
  z.strictObject({ basisPoints: z.int().min(1).max(10_000) }),
  z.strictObject({ amount: z.int().min(1), currency: z.string() }),
]);

/** A discount as it is given, by rule 11. */
export const discountSchema = z.strictObject({
  /** What the gateway calls it. Given again it is still the same. */
  key: z.string(),
  /** What was typed; null where nobody typed anything. */
  code: z.string().nullable(),
  name: z.string().nullable(),
  off: offSchema,
  duration: z.enum(discountDurations),
  /** Of `repeating`. */
  months: z.int().nullable(),
});
export type Discount = z.infer<typeof discountSchema>;

/** What a typed code stands for. `reusable`: it says of itself that an organisation may redeem it more than once. */
export type Code = { discount: Discount; reusable: boolean };

/** A discount that runs, with the moment from which on it doesn't (ISO 8601); null: no such moment is known. */
export const runningDiscountSchema = discountSchema.extend({
  endsAt: z.iso.datetime().nullable(),
});
export type RunningDiscount = z.infer<typeof runningDiscountSchema>;

/** Whether a running discount is past its end at `at`, in ms. */
export const isPastEnd = ({ endsAt }: RunningDiscount, at: number): boolean =>
  endsAt !== null && Date.parse(endsAt) <= at;

/** A running discount as it was given. */
export function asGiven(running: RunningDiscount | null): Discount | null {
  if (!running) return null;
  const { endsAt: _, ...given } = running;
  return given;
}

export const sameDiscount = (a: Discount | null, b: Discount | null) => a?.key === b?.key;

export const discountDto = z.object({
  /** Null for one that was given without a code. */
  code: z.string().nullable(),
  name: z.string().nullable(),
  /** Of the two, one is null. */
  percent_off: z.number().nullable(),
  amount_off: moneyDto.nullable(),
  duration: z.enum(discountDurations),
  /** Of `repeating`. */
  months: z.int().nullable(),
  /** The end is excluded; null for `once`, which the next invoice uses up, and `forever`. */
  ends_at: z.iso.datetime().nullable(),
});
export type DiscountDto = z.infer<typeof discountDto>;

export const discountCodeInput = z.strictObject({
  code: z.string().trim().min(1, 'Enter the code.').max(100, 'A code has at most 100 characters.'),
});
export type DiscountCodeInput = z.output<typeof discountCodeInput>;

export const discountPreview = z.object({
  discount: discountDto,
  /** Null when nothing will be charged. */
  next_invoice: z.object({ at: z.iso.datetime(), total: moneyDto }).nullable(),
});
export type DiscountPreview = z.infer<typeof discountPreview>;

const PERCENT = 'A percentage is more than 0 and at most 100.';
const AMOUNT = 'An amount is more than 0 and at most 1,000,000.00.';
const MONTHS = 'From 1 to 36 months.';

/** What is given, without why. */
export const giftTerms = z.strictObject({
  percent_off: z
    .number()
    .min(0.01, PERCENT)
    .max(100, PERCENT)
    .multipleOf(0.01, 'Two places after the point at most.')
    .optional(),
  amount_off: z.int().min(1, AMOUNT).max(100_000_000, AMOUNT).optional(),
  duration: z.enum(discountDurations),
  months: z.int(MONTHS).min(1, MONTHS).max(36, MONTHS).optional(),
});
export type GiftTerms = z.output<typeof giftTerms>;

/** What an operator gives: a percentage, or an amount in minor units of the subscription's currency. */
export const discountGift = giftTerms
  .extend({ reason: z.string().trim().min(5).max(500) })
  .refine((gift) => (gift.percent_off === undefined) !== (gift.amount_off === undefined), {
    path: ['percent_off'],
    message: 'Give a percentage or an amount, one of the two.',
    params: { code: 'required' },
  })
  .refine((gift) => (gift.duration === 'repeating') === (gift.months !== undefined), {
    path: ['months'],
    message: 'Say for how many months it repeats; other discounts have none.',
    params: { code: 'required' },
  });
export type DiscountGift = z.output<typeof discountGift>;
