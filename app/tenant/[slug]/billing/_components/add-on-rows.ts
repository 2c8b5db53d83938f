import type { AddOnDto, SubscriptionDto } from '@/lib/domains/billing';

/** What of an add-on there is, until the period ends and after it. */
export interface AddOnRow {
  addOn: AddOnDto;
  now: number;
  later: number;
}

/** Those that fit the plan, and those that run though they no longer do. */
export function addOnRows(addOns: readonly AddOnDto[], subscription: SubscriptionDto): AddOnRow[] {
  const { add_ons: running, waiting_change: next, plan_id } = subscription;
  const count = (of: SubscriptionDto['add_ons'], key: string) =>
    of.find((each) => each.key === key)?.quantity ?? 0;
  return addOns
    .map((addOn) => {
      const now = count(running, addOn.key);
      return { addOn, now, later: next ? count(next.add_ons, addOn.key) : now };
    })
    .filter(({ addOn, now }) => now > 0 || addOn.plans.includes(plan_id));
}
