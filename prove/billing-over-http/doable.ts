import type { Scenario } from '../billing-oracle/scenario';

/**
 * A scenario without refunds, which change no invoice. Null where the provider and the rules need not take an amount off
 * from the same line first: lines stand in the order in which add-ons were added there, and in that of their keys here.
 */
export function doable(scenario: Scenario): Scenario | null {
  const acts = scenario.acts.filter((act) => act.do !== 'refund');
  return takesAmounts(scenario) && mixesAddOns(scenario) ? null : { ...scenario, acts };
}

function takesAmounts({ discount, acts }: Scenario): boolean {
  const given = [discount, ...acts.map((act) => (act.do === 'discount' ? act.discount : null))];
  return given.some((one) => typeof one?.amount === 'number');
}

function mixesAddOns({ contract, acts }: Scenario): boolean {
  const sets = [contract, ...acts.flatMap((act) => (act.do === 'change' ? [act.to] : []))].map(
    ({ addOns }) =>
      addOns
        .map(({ key }) => key)
        .sort()
        .join(),
  );
  return new Set(sets).size > 1;
}
