import type { Money } from '@/lib/kernel/money';
import type { CreditNoteDto } from '../refunds/schemas';
import type { InvoiceBuyer, Party } from '../invoice-parties';
import { partyOnPaper, taxNotes } from './invoice-paper';
import type { Paper, PaperBrand, PaperSize } from './paper';
import { writeDay, writeMoney } from './paper-words';

const words = ({ amount, currency }: Money) => writeMoney(amount, currency);

/**
 * A credit note as it is set on paper.
 * @param invoice the number of the invoice that it is of
 */
export function creditNotePaper(
  note: CreditNoteDto,
  invoice: string,
  size: PaperSize,
  brand: PaperBrand,
  parties: { seller: Party; buyer: InvoiceBuyer },
): Paper {
  const { amount, tax, issued_at: issuedAt } = note;
  const net = { ...amount, amount: amount.amount - tax.amount };
  const isVoid = note.status === 'void';
  return {
    size,
    brand,
    title: 'Credit note',
    number: note.number,
    issuedAt,
    facts: [
      ['Status', isVoid ? 'Void' : 'Issued'],
      ['Date of issue', writeDay(issuedAt)],
      ['Of invoice', invoice],
    ],
    parties: [partyOnPaper('From', parties.seller), partyOnPaper('Credited to', parties.buyer)],
    headline: isVoid ? 'Void: the bank sent the money back' : `${words(amount)} paid back`,
    rows: note.lines.map((line) => ({
      texts: [line.description, `Line ${line.position + 1} of the invoice`],
      quantity: '',
      unit: '',
      amount: words(line.amount),
    })),
    sums: [
      { label: 'Subtotal', value: words(net), strong: false },
      ...(tax.amount === 0 ? [] : [{ label: 'Tax', value: words(tax), strong: false }]),
      { label: 'Total paid back', value: words(amount), strong: true },
    ],
    notes: [
      ...taxNotes(parties.buyer),
      `Reason: ${note.reason}`,
      'Amounts are the shares of the invoice’s lines, less discounts, in what was paid back.',
    ],
  };
}
