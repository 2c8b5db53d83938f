import type { LineKind } from './schemas';

/** A rule of docs/billing/rules.md, in the words in which a customer is told of it. */
export type RuleWords = { number: number; title: string; text: string };

const rules = {
  start: {
    number: 4,
    title: 'A whole period',
    text: 'At the start of each period its price is charged in advance, once, for the whole period.',
  },
  trial: {
    number: 3,
    title: 'Free trial',
    text: 'A trial costs nothing. Its invoice says so; the first paid period begins when it ends.',
  },
  remaining: {
    number: 5,
    title: 'What remains of a period',
    text: 'What is new in a running period is charged for the time that remains: its price × the seconds left ÷ the seconds of the whole period, rounded to the cent.',
  },
  unused: {
    number: 7,
    title: 'Time that was paid for and not used',
    text: 'What was taken away in a running period is given back for the time that isn’t over: what was paid for it, less discounts, × the seconds left ÷ the seconds it was paid for, rounded to the cent.',
  },
  discount: {
    number: 11,
    title: 'Discount',
    text: 'A percentage is taken off each line that is charged for time; an amount is taken off whole periods, line by line, until it is used up. Credits and overage aren’t discounted.',
  },
  sums: {
    number: 12,
    title: 'Tax, total and credit',
    text: 'Tax is worked out once, on the lines less discounts. Total = lines − discounts + tax. Credit is used up first; a negative total is added to it and nothing is due.',
  },
  overage: {
    number: 13,
    title: 'Use beyond the plan',
    text: 'For each calendar month (UTC): the units above what the plan includes × the price of a thousand ÷ 1,000, rounded to the cent, at most the budget you set.',
  },
  correction: {
    number: 14,
    title: 'Use that was reported late',
    text: 'When a closed month’s total changes, the month is worked out anew, and the difference to what was billed for it is charged or given back.',
  },
} as const satisfies Record<string, RuleWords>;

const ofKind: Record<LineKind, RuleWords | null> = {
  period: rules.start,
  trial: rules.trial,
  remaining_time: rules.remaining,
  unused_time: rules.unused,
  overage: rules.overage,
  overage_correction: rules.correction,
  other: null,
};

/** The rule that made a line; null for one that was added by hand at the payment provider. */
export const ruleOfLine = (kind: LineKind): RuleWords | null => ofKind[kind];
export const { discount: discountRule, sums: sumsRule } = rules;
