import type { PlanId } from '@/lib/domains/entitlements';
import type { AddOnItem } from '../gateways/port';
import { type AddOnUnits, byKey } from './schemas';

/** Those of the add-ons that a plan can have; the others end with the plan that had them. */
export function addOnsFor(planId: PlanId, addOns: readonly AddOnItem[]): AddOnItem[] {
  return addOns.filter(({ version }) => version.plans.includes(planId));
}

/** How they are kept. */
export function unitsOf(addOns: readonly AddOnItem[]): AddOnUnits[] {
  return byKey(
    addOns.map(({ version: { key, version }, quantity }) => ({ key, version, quantity })),
  );
}
