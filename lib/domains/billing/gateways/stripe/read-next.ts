import { callStripe } from '@/lib/infra/stripe';
import type { PlanPrice } from '../../provider-state';
import { planOfPrice } from './catalogue';
import { idOf } from './from-stripe';

/** The terms that a schedule puts in place of the running ones; null when nothing follows. */
export async function readNext(scheduleId: string): Promise<PlanPrice | null> {
  const schedule = await callStripe((stripe) => stripe.subscriptionSchedules.retrieve(scheduleId));
  const end = schedule.current_phase?.end_date;
  if (end === undefined) return null;
  const next = schedule.phases.find((phase) => phase.start_date >= end);
  const price = idOf(next?.items[0]?.price);
  if (!price) return null;
  return planOfPrice(await callStripe((stripe) => stripe.prices.retrieve(price)));
}
