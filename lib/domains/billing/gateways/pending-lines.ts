import type { UsageBasis } from '../invoice-lines';

/**
 * Something owed that no period sells, for the next invoice: an overage, or (negative) what was charged too much. Amounts in
 * minor units. `key` names it for ever, `providerId` is its subscription, which nothing more is renewed of once it has `ended`.
 */
export type PendingLine = {
  key: string;
  customer: string;
  providerId: string | null;
  ended: boolean;
  currency: string;
  amount: number;
  description: string;
  period: { start: Date; end: Date };
  /** From when on it is owed: a renewal of later than that has it on its invoice, as long as it isn't final. */
  since: Date;
  usage: UsageBasis;
};

/** Where what is owed besides periods waits for an invoice. */
export type PendingLines = {
  /** Leaves a line where the next invoice takes it along, once for its key. Answers its id there. */
  add(line: PendingLine): Promise<string>;
  /** Invoices at once what is pending, and collects it; nothing where `lineId` is on a final invoice already. */
  invoice(
    of: Pick<PendingLine, 'key' | 'customer' | 'providerId' | 'ended' | 'currency'> & {
      lineId: string;
      /** Days until an invoice is due, where the customer is sent invoices; null: the card is charged. */
      invoiceDays: number | null;
      now: Date;
    },
  ): Promise<void>;
};
