import { money, type Money } from '@/lib/kernel/money';
import { owedOf, sumsOf } from '../invoice-sums';
import type { InvoiceBuyer, Party } from '../invoice-parties';
import type { InvoiceDto, InvoiceLineDto } from '../schemas';
import type { Paper, PaperBrand, PaperParty, PaperRow, PaperSize } from './paper';
import { writeCount, writeDay, writeMoney } from './paper-words';

const words = ({ amount, currency }: Money) => writeMoney(amount, currency);
const negated = ({ amount, currency }: Money) => words(money(0 - amount, currency));

const states: Record<InvoiceDto['status'], string> = {
  open: 'To be paid',
  paid: 'Paid',
  uncollectible: 'Not collected',
  void: 'Void',
};

/** Who sells or buys, line by line. */
export function partyOnPaper(
  heading: string,
  { name, address, tax_ids, email }: Party,
): PaperParty {
  const taxIds = tax_ids.map((id) => `Tax ID ${id}`);
  return { heading, lines: [name, ...address, ...taxIds, ...(email ? [email] : [])] };
}

/** What the provider did about tax, where that isn't the usual. */
export function taxNotes({ tax_treatment: treatment }: InvoiceBuyer): string[] {
  if (treatment === 'reverse_charge') {
    return ['Reverse charge: the customer accounts for the tax.'];
  }
  return treatment === 'exempt' ? ['The customer is exempt from tax.'] : [];
}

function rowOf(line: InvoiceLineDto): PaperRow {
  const { start, end } = line.period;
  const { currency } = line.amount;
  const span = start === end ? writeDay(start) : `${writeDay(start)} – ${writeDay(end)}`;
  const off = line.discount.amount === 0 ? [] : [`Discount ${negated(line.discount)}`];
  const unit = line.unit_amount_decimal;
  // A part of a period has no price of its own; its description says what it is a part of.
  const priced = unit !== null && !line.proration;
  return {
    texts: [line.description, [span, ...off].join(' · ')],
    quantity: line.quantity === null ? '' : writeCount(line.quantity),
    unit: priced ? writeMoney(Number(unit), currency) : '',
    amount: words(line.amount),
  };
}

function headlineOf(invoice: InvoiceDto): string {
  const { status, total, paid_at, due_at, issued_at } = invoice;
  if (status === 'void') return 'Void: nothing is to be paid';
  if (total.amount < 0) return `${negated(total)} added to your credit`;
  if (status === 'uncollectible') return `${words(total)}, not collected`;
  if (status === 'open') {
    const due = words(money(owedOf(invoice), total.currency));
    return `${due} due ${writeDay(due_at ?? issued_at ?? '')}`;
  }
  if (invoice.amount_paid.amount === 0) return `${words(total)}, nothing to be paid`;
  return `${words(invoice.amount_paid)} paid${paid_at ? ` on ${writeDay(paid_at)}` : ''}`;
}

/**
 * An invoice as it is set on paper.
 * @param buyer stands in on invoices from before buyers were kept
 */
export function invoicePaper(
  invoice: InvoiceDto,
  size: PaperSize,
  brand: PaperBrand,
  parties: { seller: Party; buyer: InvoiceBuyer },
): Paper {
  const issuedAt = invoice.issued_at ?? '';
  const { period_start: start, period_end: end, due_at: due } = invoice;
  return {
    size,
    brand,
    title: 'Invoice',
    number: invoice.number,
    issuedAt,
    facts: [
      ['Status', states[invoice.status]],
      ['Date of issue', writeDay(issuedAt)],
      ['Date due', writeDay(due ?? issuedAt)],
      ...(start && end ? [['Period', `${writeDay(start)} – ${writeDay(end)}`] as const] : []),
    ],
    parties: [partyOnPaper('From', parties.seller), partyOnPaper('Billed to', parties.buyer)],
    headline: headlineOf(invoice),
    rows: invoice.lines.map(rowOf),
    sums: sumsOf(invoice).map(({ label, amount, strong }) => ({
      label,
      value: words(amount),
      strong,
    })),
    notes: [
      ...taxNotes(parties.buyer),
      'Dates are UTC. A period includes its first moment and ends before its last.',
      ...(invoice.provider_number
        ? [`The payment provider’s number of this invoice is ${invoice.provider_number}.`]
        : []),
    ],
  };
}
