import { DomainError } from '@/lib/kernel/errors';
import type { Gateway } from '../port';
import { payOpenInvoices } from './pay-open-invoices';

/** Charges the card on file for what is open. */
export const collectOverdue: Gateway['collectOverdue'] = async ({
  subscriptionId,
  providerId,
  attempt,
}) => {
  const declined = await payOpenInvoices(providerId, {
    key: `overdue-${subscriptionId}-${attempt}`,
  });
  if (!declined) return;
  throw new DomainError(
    'payment_required',
    'payment_failed',
    'The card was declined, so the invoice is still overdue. Pay it on its own page with another card, or change the card.',
    { cause: declined },
  );
};
