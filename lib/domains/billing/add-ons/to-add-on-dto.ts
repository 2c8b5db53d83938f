import type { AddOnVersion } from '@/lib/domains/entitlements';
import { money } from '@/lib/kernel/money';
import type { AddOnDto, AddOnUnits } from './schemas';

/** An add-on of the catalogue as the outside sees it. */
export function toAddOnDto(addOn: AddOnVersion): AddOnDto {
  const { key, name, version, prices, currency, gives, plans, most } = addOn;
  const cents = (amount: number) => money(amount, currency);
  return {
    key,
    name,
    version,
    prices: {
      monthly: cents(prices.monthly),
      quarterly: cents(prices.quarterly),
      annual: cents(prices.annual),
    },
    gives,
    plans,
    most,
  };
}

/** How many of which, whatever their version. */
export const countsOf = (units: readonly AddOnUnits[]) =>
  units.map(({ key, quantity }) => ({ key, quantity }));
