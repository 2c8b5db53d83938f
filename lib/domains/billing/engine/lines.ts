import { share } from './rounding';
import type { Billed, Instant, Item, Line, Span, Terms } from './types';

/** The plan first, then add-ons by key. */
export function inOrder<T extends { kind: string; key: string }>(items: readonly T[]): T[] {
  const rank = (item: T) => (item.kind === 'plan' ? 0 : 1);
  return [...items].sort(
    (a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : Number(a.key > b.key)),
  );
}

function itemLine(kind: Line['kind'], item: Item, amount: number, period: Span): Line {
  const { key, quantity } = item;
  return { kind, key, quantity, amount, discount: 0, period, proration: null, overage: null };
}

const whole = (item: Item) => item.price * item.quantity;

/** The items for a whole period. */
export function periodLines(terms: Terms, period: Span): Line[] {
  return inOrder(terms.items).map((item) => itemLine('period', item, whole(item), period));
}

/** Rule 3: what a trial's invoice says. */
export function trialLine(terms: Terms, period: Span): Line[] {
  return inOrder(terms.items)
    .slice(0, 1)
    .map((item) => itemLine('trial', item, 0, period));
}

/** Rule 5: an item for what remains of the running period. */
export function remainingLine(item: Item, at: Instant, period: Span): Line {
  const seconds = period.end - at;
  const ofSeconds = period.end - period.start;
  return {
    ...itemLine('remaining_time', item, share(whole(item), seconds, ofSeconds), {
      start: at,
      end: period.end,
    }),
    proration: { whole: whole(item), seconds, ofSeconds },
  };
}

/** Rule 7: what is given back of lines that billed time which isn't over; nothing of a line is no line. */
export function creditLines(billed: readonly Billed[], at: Instant): Line[] {
  return billed.flatMap(({ key, quantity, net, period }) => {
    const seconds = period.end - at;
    const ofSeconds = period.end - period.start;
    const amount = share(net, seconds, ofSeconds);
    if (amount === 0) return [];
    const proration = { whole: net, seconds, ofSeconds };
    return [
      {
        kind: 'unused_time' as const,
        key,
        quantity,
        amount: 0 - amount,
        discount: 0,
        period: { start: at, end: period.end },
        proration,
        overage: null,
      },
    ];
  });
}

/** What an invoice's lines billed of time to come, for later credits. */
export function billedBy(lines: readonly Line[], items: readonly Item[]): Billed[] {
  return lines.flatMap(({ kind, key, quantity, amount, discount, period }) => {
    const item = items.find((one) => one.key === key);
    if (!item || (kind !== 'period' && kind !== 'remaining_time')) return [];
    return [{ key, kind: item.kind, quantity, net: amount - discount, period }];
  });
}
