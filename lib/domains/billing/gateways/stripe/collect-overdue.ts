import { DomainError } from '@/lib/kernel/errors';
import { secondsOf } from '@/lib/kernel/unix-time';
import type { Gateway } from '../port';
import { payOpenInvoices } from './pay-open-invoices';

/** Attempts within so many seconds are the same attempt: two clicks, or two tabs. */
const SAME_SECONDS = 60;

/** Charges the card on file for what is open. */
export const collectOverdue: Gateway['collectOverdue'] = async ({
  subscriptionId,
  providerId,
  now,
}) => {
  const minute = Math.floor(secondsOf(now) / SAME_SECONDS);
  const declined = await payOpenInvoices(providerId, {
    key: `overdue-${subscriptionId}-${minute}`,
  });
  if (!declined) return;
  throw new DomainError(
    'payment_required',
    'payment_failed',
    'The card was declined, so the invoice is still overdue. Pay it on its own page with another card, or change the card.',
    { cause: declined },
  );
};
