import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NoteParts, shareLines } from './share-lines';

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

const sum = (amounts: number[]) => amounts.reduce((all, each) => all + each, 0);
const amountOf = ({ tax, lines }: NoteParts) => tax + sum(lines.map(({ amount }) => amount));

describe('a credit note’s share of an invoice', () => {
  it('comes to its amount, and all of them to the invoice, in however many parts, whichever are void', () => {
    const step = fc.record({
      size: fc.integer({ min: 1, max: 30_000 }),
      /** Makes one of the notes before void, if there are as many. */
      voids: fc.option(fc.nat({ max: 8 })),
    });
    fc.assert(
      fc.property(invoice, fc.array(step, { maxLength: 8 }), (of, steps) => {
        let notes: NoteParts[] = [];
        const rest = { size: Number.MAX_SAFE_INTEGER, voids: null };
        for (const { size, voids } of [...steps, rest]) {
          notes = notes.filter((_, index) => index !== voids);
          const amount = Math.min(size, of.total - sum(notes.map(amountOf)));
          if (amount === 0) break;
          const note = shareLines(of, notes, amount);
          expect(amountOf(note)).toBe(amount);
          for (const { position, amount: part } of note.lines) {
            const { amount: whole, discount } = of.lines[position] ?? { amount: 0, discount: 0 };
            expect(Math.sign(part)).toBe(Math.sign(whole - discount));
          }
          notes.push(note);
        }
        const lines = notes.flatMap((note) => note.lines);
        const given = of.lines.map((_, position) =>
          sum(lines.filter((line) => line.position === position).map(({ amount }) => amount)),
        );
        expect(given).toEqual(of.lines.map(({ amount, discount }) => amount - discount));
        expect(sum(notes.map(({ tax }) => tax))).toBe(of.tax);
      }),
    );
  });

  it('never takes back from a line what an earlier note had', () => {
    const of = {
      total: 21,
      tax: 0,
      lines: [6, 9, 6].map((amount) => ({ description: 'A line', amount, discount: 0 })),
    };
    const notes: NoteParts[] = [];
    while (sum(notes.map(amountOf)) < of.total) notes.push(shareLines(of, notes, 1));
    expect(notes.flatMap((note) => note.lines.map(({ amount }) => amount))).toEqual(
      Array(21).fill(1),
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
    expect(shareLines(of, [], 11_900)).toEqual({
      tax: 1_900,
      lines: [
        { position: 0, description: 'Plan', amount: 7_500 },
        { position: 1, description: 'Overage', amount: 2_500 },
      ],
    });
  });
});
