import { getAddOnVersion, getPlanVersion } from '@/lib/domains/entitlements';
import type { Tx } from '@/lib/infra/db';
import type { AddOnUnits } from './add-ons/schemas';
import type { AddOnItem, FullOffer } from './gateways/port';
import type { Terms } from './provider-state';

/** Add-ons as the catalogue has them. Throws not_found for one that there never was. */
export async function readAddOns(tx: Tx, units: readonly AddOnUnits[]): Promise<AddOnItem[]> {
  const items: AddOnItem[] = [];
  for (const { key, version, quantity } of units) {
    items.push({ version: await getAddOnVersion(tx, key, version), quantity });
  }
  return items;
}

/** What terms stand for in the catalogue. Throws not_found for a version that there never was. */
export async function readOffer(tx: Tx, terms: Terms): Promise<FullOffer> {
  return {
    plan: await getPlanVersion(tx, terms.planId, terms.planVersion),
    cycle: terms.billingCycle,
    addOns: await readAddOns(tx, terms.addOns),
  };
}
