import { describe, expect, it } from 'vitest';
import { scenarioOf } from '../billing-oracle/generate';
import { invoicesOf } from '../billing-oracle/invoices';
import { compareOverHttp, firstDifference } from './compare';
import { doable } from './doable';

describe('the Stripe sandbox over HTTP and the oracle', () => {
  // Between them these five have every kind of act, line, discount and tax that is generated.
  it('make the same invoices of 5 subscriptions over 24 months, to the cent', async () => {
    const { differences, invoices } = await compareOverHttp(106, 5);
    expect(differences).toEqual([]);
    expect(invoices).toBeGreaterThan(50);
  }, 120_000);

  it('are told apart by one cent, and by one invoice too many', () => {
    const scenario = doable(scenarioOf(2)) ?? scenarioOf(2);
    const invoices = invoicesOf(scenario);
    const [first, ...others] = invoices;
    if (first === undefined) throw new Error('A life has an invoice.');
    expect(firstDifference(invoices, invoices)).toBeUndefined();
    const dearer = { ...first, total: first.total + 1 };
    expect(firstDifference(invoices, [dearer, ...others])).toContain(`total ${first.total + 1}`);
    expect(firstDifference(invoices, [...invoices, first])).toContain('no further invoice');
  });
});

describe('what can be driven', () => {
  it('is most of what is generated, without refunds', () => {
    const lives = Array.from({ length: 300 }, (_, index) => doable(scenarioOf(index + 1)));
    const driven = lives.filter((one) => one !== null);
    expect(driven.length).toBeGreaterThan(200);
    const kinds = new Set(driven.flatMap(({ acts }) => acts.map((act) => act.do)));
    expect([...kinds].sort()).toEqual([
      'cancel',
      'change',
      'discount',
      'keep',
      'overage',
      'pause',
      'reading',
      'resume',
    ]);
  });
});
