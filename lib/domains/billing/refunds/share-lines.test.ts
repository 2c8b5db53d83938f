import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareLines } from './share-lines';

const line = fc.record({
  description: fc.constant('A line'),
  amount: fc.integer({ min: -50_000, max: 50_000 }),
  discount: fc.integer({ min: 0, max: 500 }),
});

/** An invoice that something was paid of, with tax on top. */
const invoice = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    percent: fc.integer({ min: 0, max: 25 }),
  })
  .map(({ lines, percent }) => {
    const net = lines.reduce((sum, { amount, discount }) => sum + amount - discount, 0);
    const tax = Math.round((net * percent) / 100);
    return { lines, tax, total: net + tax, net };
  })
  .filter(({ net }) => net > 10);

describe('a credit note’s share of an invoice', () => {
  it('comes to its amount, whatever is given back and in however many parts', () => {
    fc.assert(
      fc.property(
        invoice,
        fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 8 }),
        (of, sizes) => {
          let before = 0;
          const given = of.lines.map(() => 0);
          let tax = 0;
          for (const size of [...sizes, Number.MAX_SAFE_INTEGER]) {
            const amount = Math.min(size, of.total - before);
            if (amount === 0) break;
            const parts = shareLines(of, before, amount);
            const lines = parts.lines.reduce((sum, each) => sum + each.amount, 0);
            expect(lines + parts.tax).toBe(amount);
            for (const each of parts.lines) {
              given[each.position] = (given[each.position] ?? 0) + each.amount;
            }
            tax += parts.tax;
            before += amount;
          }
          expect(given).toEqual(of.lines.map(({ amount, discount }) => amount - discount));
          expect(tax).toBe(of.tax);
        },
      ),
    );
  });

  it('is what one expects by hand', () => {
    const of = {
      total: 23_800,
      tax: 3_800,
      lines: [
        { description: 'Plan', amount: 15_000, discount: 0 },
        { description: 'Overage', amount: 6_000, discount: 1_000 },
      ],
    };
    expect(shareLines(of, 0, 11_900)).toEqual({
      tax: 1_900,
      lines: [
        { position: 0, description: 'Plan', amount: 7_500 },
        { position: 1, description: 'Overage', amount: 2_500 },
      ],
    });
  });
});
