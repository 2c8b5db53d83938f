import { billingCycleSchema, planIdSchema } from '@/lib/domains/entitlements/schemas';
import { z } from 'zod';
import type { PlanPrice } from './provider-state';
import { wishEnds } from './schemas';
import type { SubscriptionRow } from './to-dto';

const termsSchema = z.strictObject({
  planId: planIdSchema,
  planVersion: z.int(),
  billingCycle: billingCycleSchema,
});

export const wishSchema = z.strictObject({
  terms: termsSchema,
  /** Takes the place of `terms` when the period ends. */
  next: termsSchema.nullable(),
  end: z.enum(wishEnds),
  paused: z.boolean(),
});

/** What is to be true of a subscription, whatever its provider says at the moment. */
export type Wish = z.infer<typeof wishSchema>;

type WishColumns = Pick<
  SubscriptionRow,
  | 'wishPlanId'
  | 'wishPlanVersion'
  | 'wishCycle'
  | 'nextPlanId'
  | 'nextPlanVersion'
  | 'nextCycle'
  | 'wishEnd'
  | 'wishPaused'
>;

/** The wish that a row carries. */
export function wishOf(row: WishColumns): Wish {
  const next = {
    planId: row.nextPlanId,
    planVersion: row.nextPlanVersion,
    billingCycle: row.nextCycle,
  };
  return wishSchema.parse({
    terms: {
      planId: row.wishPlanId,
      planVersion: row.wishPlanVersion,
      billingCycle: row.wishCycle,
    },
    next: row.nextPlanId === null ? null : next,
    end: row.wishEnd,
    paused: row.wishPaused,
  });
}

/** The columns that carry a wish. */
export function columnsOfWish(wish: Wish): WishColumns {
  return {
    wishPlanId: wish.terms.planId,
    wishPlanVersion: wish.terms.planVersion,
    wishCycle: wish.terms.billingCycle,
    nextPlanId: wish.next?.planId ?? null,
    nextPlanVersion: wish.next?.planVersion ?? null,
    nextCycle: wish.next?.billingCycle ?? null,
    wishEnd: wish.end,
    wishPaused: wish.paused,
  };
}

/** The terms that a row’s provider charges. */
export function termsOf(
  row: Pick<SubscriptionRow, 'planId' | 'planVersion' | 'billingCycle'>,
): PlanPrice {
  return termsSchema.parse({
    planId: row.planId,
    planVersion: row.planVersion,
    billingCycle: row.billingCycle,
  });
}

/** What the provider has of a subscription, in the words of a wish. */
export function providerWish(
  row: Pick<
    SubscriptionRow,
    'planId' | 'planVersion' | 'billingCycle' | 'providerNext' | 'cancelAt' | 'status'
  >,
): Wish {
  return {
    terms: termsOf(row),
    next: termsSchema.nullable().parse(row.providerNext),
    end: row.status === 'cancelled' ? 'now' : row.cancelAt ? 'period_end' : 'none',
    paused: row.status === 'paused',
  };
}

/** Whether two sell the same. */
export function sameTerms(a: PlanPrice | null, b: PlanPrice | null): boolean {
  return (
    a?.planId === b?.planId &&
    a?.planVersion === b?.planVersion &&
    a?.billingCycle === b?.billingCycle
  );
}

/** What waits at the provider when a wish is fulfilled there: nothing follows what ends or rests. */
export function nextAtProvider(wish: Wish): PlanPrice | null {
  return wish.end === 'none' && !wish.paused ? wish.next : null;
}
