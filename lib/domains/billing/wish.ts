import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { Prisma } from '@/lib/infra/db';
import { z } from 'zod';
import { addOnsSchema, sameAddOns } from './add-ons/schemas';
import {
  asGiven,
  type Discount,
  discountSchema,
  type RunningDiscount,
  runningDiscountSchema,
  sameDiscount,
} from './discount/schemas';
import type { Terms } from './provider-state';
import { wishEnds } from './schemas';
import type { SubscriptionRow } from './subscription-row';

const termsSchema = z.strictObject({
  planId: planIdSchema,
  planVersion: z.int(),
  billingCycle: billingCycleSchema,
  addOns: addOnsSchema,
});

export const wishSchema = z.strictObject({
  terms: termsSchema,
  /** Takes the place of `terms` when the period ends. */
  next: termsSchema.nullable(),
  end: z.enum(wishEnds),
  paused: z.boolean(),
  discount: discountSchema.nullable().default(null),
});

/** What is to be true of a subscription, whatever its provider says at the moment. */
export type Wish = z.infer<typeof wishSchema>;

type WishColumns = Pick<
  SubscriptionRow,
  | 'wishPlanId'
  | 'wishPlanVersion'
  | 'wishCycle'
  | 'wishAddOns'
  | 'nextPlanId'
  | 'nextPlanVersion'
  | 'nextCycle'
  | 'nextAddOns'
  | 'wishEnd'
  | 'wishPaused'
>;

/** The wish that a row carries. */
export function wishOf(row: WishColumns & Pick<SubscriptionRow, 'wishDiscount'>): Wish {
  const next = {
    planId: row.nextPlanId,
    planVersion: row.nextPlanVersion,
    billingCycle: row.nextCycle,
    addOns: row.nextAddOns,
  };
  return wishSchema.parse({
    terms: {
      planId: row.wishPlanId,
      planVersion: row.wishPlanVersion,
      billingCycle: row.wishCycle,
      addOns: row.wishAddOns,
    },
    next: row.nextPlanId === null ? null : next,
    end: row.wishEnd,
    paused: row.wishPaused,
    discount: row.wishDiscount,
  });
}

/** Whether a wish, while it waits to be pushed, is the one that asks for its discount. */
export function asksDiscount(row: Pick<SubscriptionRow, 'wishBefore'>, wish: Wish): boolean {
  const before = wishSchema.nullable().parse(row.wishBefore);
  return before !== null && !sameDiscount(before.discount, wish.discount);
}

/** The columns that carry a wish. */
export function columnsOfWish(wish: Wish) {
  return {
    wishPlanId: wish.terms.planId,
    wishPlanVersion: wish.terms.planVersion,
    wishCycle: wish.terms.billingCycle,
    wishAddOns: wish.terms.addOns,
    nextPlanId: wish.next?.planId ?? null,
    nextPlanVersion: wish.next?.planVersion ?? null,
    nextCycle: wish.next?.billingCycle ?? null,
    nextAddOns: wish.next?.addOns ?? [],
    wishEnd: wish.end,
    wishPaused: wish.paused,
    wishDiscount: wish.discount ?? Prisma.DbNull,
  };
}

/** The terms that a row’s provider charges. */
export function termsOf(
  row: Pick<SubscriptionRow, 'planId' | 'planVersion' | 'billingCycle' | 'addOns'>,
): Terms {
  return termsSchema.parse({
    planId: row.planId,
    planVersion: row.planVersion,
    billingCycle: row.billingCycle,
    addOns: row.addOns,
  });
}

/** The discount that a row’s provider takes off. */
export function runningDiscount(row: Pick<SubscriptionRow, 'discount'>): RunningDiscount | null {
  return runningDiscountSchema.nullable().parse(row.discount);
}

/** What the provider has of a subscription, in the words of a wish. */
export function providerWish(
  row: Pick<
    SubscriptionRow,
    | 'planId'
    | 'planVersion'
    | 'billingCycle'
    | 'addOns'
    | 'providerNext'
    | 'cancelAt'
    | 'status'
    | 'discount'
  >,
): Wish {
  return {
    terms: termsOf(row),
    next: termsSchema.nullable().parse(row.providerNext),
    end: row.status === 'cancelled' ? 'now' : row.cancelAt ? 'period_end' : 'none',
    paused: row.status === 'paused',
    discount: asGiven(runningDiscount(row)),
  };
}

/** Whether two sell the same. */
export function sameTerms(a: Terms | null, b: Terms | null): boolean {
  return (
    a?.planId === b?.planId &&
    a?.planVersion === b?.planVersion &&
    a?.billingCycle === b?.billingCycle &&
    sameAddOns(a?.addOns ?? [], b?.addOns ?? [])
  );
}

/** What waits at the provider when a wish is fulfilled there: nothing follows what ends or rests. */
export function nextAtProvider(wish: Wish): Terms | null {
  return wish.end === 'none' && !wish.paused ? wish.next : null;
}

/**
 * The discount that is to be there when a wish is fulfilled. `once` that isn't there was used up, unless this very wish
 * `asks` for it: then it is yet to be given.
 */
export function discountAtProvider(
  wish: Pick<Wish, 'discount'>,
  there: Pick<Discount, 'key'> | null,
  asks: boolean,
): Discount | null {
  const { discount } = wish;
  const usedUp = discount?.duration === 'once' && !asks && discount.key !== there?.key;
  return usedUp ? null : discount;
}
