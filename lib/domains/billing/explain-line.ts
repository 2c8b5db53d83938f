import { share } from './engine';
import type { InvoiceLineFacts, Proration, UsageBasis } from './invoice-lines';
import { writeCount, writeMoney } from './pdf/paper-words';
import type { Arithmetic } from './explanation';

function partOf(
  { whole, seconds, ofSeconds }: Proration,
  amount: number,
  currency: string,
): Arithmetic {
  const part = share(whole, seconds, ofSeconds);
  const result = amount < 0 ? 0 - part : part;
  const sign = amount < 0 ? '−' : '';
  const money = (cents: number) => writeMoney(cents, currency);
  return {
    formula: 'whole × seconds / of_seconds',
    text: `${sign}${money(whole)} × ${writeCount(seconds)} s ÷ ${writeCount(ofSeconds)} s = ${money(result)}`,
    values: { whole, seconds, of_seconds: ofSeconds },
    agrees: result === amount,
  };
}

/** The month's price by the units above the limit, cut by a budget, less what was billed before. */
function usageSum(basis: UsageBasis, amount: number, currency: string): Arithmetic {
  const { units, included, centsPerThousand, uncapped, billedBefore } = basis;
  const money = (cents: number) => writeMoney(cents, currency);
  const above = Math.max(0, units - included);
  const month = amount + billedBefore;
  const steps = [
    `(${writeCount(units)} − ${writeCount(included)}) × ${money(centsPerThousand)} ÷ 1,000 = ${money(uncapped)}`,
    ...(month < uncapped ? [`at most the budget of ${money(month)}`] : []),
    ...(billedBefore === 0 ? [] : [`less ${money(billedBefore)} billed before = ${money(amount)}`]),
  ];
  const computed = Math.round((above * centsPerThousand) / 1_000);
  return {
    formula: '(units − included) × cents_per_thousand / 1000',
    text: steps.join('; '),
    values: {
      units,
      included,
      cents_per_thousand: centsPerThousand,
      uncapped,
      billed_before: billedBefore,
    },
    // A budget may have cut it: then the line says less than what was worked out.
    agrees: computed === uncapped && month <= computed,
  };
}

function priceSum(line: InvoiceLineFacts, currency: string): Arithmetic | null {
  const { quantity, unitAmount } = line;
  if (quantity === null || unitAmount === null) return null;
  const unit = Number(unitAmount);
  const result = Math.round(unit * quantity);
  return {
    formula: 'quantity × unit_amount',
    text: `${writeCount(quantity)} × ${writeMoney(unit, currency)} = ${writeMoney(result, currency)}`,
    values: { quantity, unit_amount: unit },
    agrees: result === line.amount,
  };
}

/** How a line's amount came about, worked out again; null where nothing says what it was worked out from. */
export function arithmeticOf(line: InvoiceLineFacts, currency: string): Arithmetic | null {
  if (line.usage) return usageSum(line.usage, line.amount, currency);
  if (line.proration) return partOf(line.proration, line.amount, currency);
  return priceSum(line, currency);
}
