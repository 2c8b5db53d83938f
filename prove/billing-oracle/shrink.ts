import type { Contract, Scenario } from './scenario';

/** Takes away whatever can be taken away while the scenario still shows what it is to show. */
export function shrink(scenario: Scenario, shows: (scenario: Scenario) => boolean): Scenario {
  for (let best = scenario; ; ) {
    const smaller = smallerThan(best).find(shows);
    if (smaller === undefined) return best;
    best = smaller;
  }
}

function smallerThan(scenario: Scenario): Scenario[] {
  const { acts } = scenario;
  const halves = [
    { ...scenario, acts: acts.slice(0, Math.floor(acts.length / 2)) },
    { ...scenario, acts: acts.slice(Math.ceil(acts.length / 2)) },
  ].filter((half) => half.acts.length < acts.length);
  const without = acts.map((_, place) => ({
    ...scenario,
    acts: acts.filter((_act, index) => index !== place),
  }));
  const plainer = [
    { ...scenario, discount: null },
    { ...scenario, tax: 0 },
    { ...scenario, balance: 0 },
    { ...scenario, trialEnd: null },
    { ...scenario, overage: {} },
    inEvery(scenario, (contract) => ({ ...contract, addOns: [] })),
    inEvery(scenario, (contract) => ({ ...contract, meters: {} })),
  ].filter((one) => JSON.stringify(one) !== JSON.stringify(scenario));
  return [...halves, ...plainer, ...without];
}

function inEvery(scenario: Scenario, change: (contract: Contract) => Contract): Scenario {
  return {
    ...scenario,
    contract: change(scenario.contract),
    acts: scenario.acts.map((act) => (act.do === 'change' ? { ...act, to: change(act.to) } : act)),
  };
}
