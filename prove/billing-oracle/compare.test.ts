import { describe, expect, it } from 'vitest';
import { engineInvoicesOf } from './ask-engine';
import { compareMany } from './compare';
import { scenarioOf } from './generate';
import type { Scenario } from './scenario';

describe('the engine and the oracle', () => {
  it('make the same invoices of 300 subscriptions, to the cent', () => {
    const { differences, lines } = compareMany(1, 300);
    expect(differences).toEqual([]);
    expect(lines).toBeGreaterThan(10_000);
  });

  it('are told apart by one cent of one kind of line, in the smallest life that shows it', () => {
    const generous = (scenario: Scenario) =>
      engineInvoicesOf(scenario).map((invoice) => ({
        ...invoice,
        lines: invoice.lines.map((line) =>
          line.kind === 'trial' ? { ...line, amount: line.amount - 1 } : line,
        ),
      }));
    const [first] = compareMany(1, 30, generous).differences;
    expect(first).toContain('"acts":[]');
    expect(first).toMatch(
      /expected: .* trial 1 × plan \w+ 0 − 0[^]*actual: .* trial 1 × plan \w+ -1 − 0/,
    );
  });
});

describe('scenarios', () => {
  it('are the same for the same seed, and plain JSON', () => {
    expect(JSON.parse(JSON.stringify(scenarioOf(42)))).toEqual(scenarioOf(42));
    expect(scenarioOf(43)).not.toEqual(scenarioOf(42));
  });

  it('hold every kind of act, ends of months among the starts, and several acts in one second', () => {
    const scenarios = Array.from({ length: 300 }, (_, index) => scenarioOf(index + 1));
    const kinds = scenarios.flatMap((one) =>
      one.acts.map((act) => ('when' in act ? `${act.do} ${act.when}` : act.do)),
    );
    expect([...new Set(kinds)].sort()).toEqual([
      'cancel end',
      'cancel now',
      'change end',
      'change now',
      'discount',
      'keep',
      'overage',
      'pause',
      'reading',
      'refund',
      'resume',
    ]);
    const days = new Set(scenarios.map((one) => new Date(one.start * 1000).getUTCDate()));
    expect([29, 30, 31].every((day) => days.has(day))).toBe(true);
    const twice = scenarios.filter((one) =>
      one.acts.some((act, place) => act.do === 'change' && one.acts[place + 1]?.at === act.at),
    );
    expect(twice.length).toBeGreaterThan(20);
  });
});
