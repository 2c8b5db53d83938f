import type { Act, Contract, Scenario } from '../billing-oracle/scenario';

/**
 * What of a scenario the provider computes itself. Overage is lines that the product computes and hands over, and a refund
 * changes no invoice, so both are left out. Null where the provider and the rules need not take an amount off from the
 * same line first: lines stand in the order in which add-ons were added there, and in that of their keys here.
 */
export function doable(scenario: Scenario): Scenario | null {
  const acts = scenario.acts.flatMap((act): Act[] => {
    if (act.do === 'overage' || act.do === 'reading' || act.do === 'refund') return [];
    return [act.do === 'change' ? { ...act, to: unmetered(act.to) } : act];
  });
  const plain = { ...scenario, contract: unmetered(scenario.contract), overage: {}, acts };
  return takesAmounts(plain) && mixesAddOns(plain) ? null : plain;
}

function unmetered(contract: Contract): Contract {
  return { ...contract, meters: {} };
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
