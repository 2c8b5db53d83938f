import type { Api } from '@/sandbox/stripe/api';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { itemLine, type NewLine } from '@/sandbox/stripe/invoice-lines';
import { attemptInvoice, intentOf } from '@/sandbox/stripe/invoice-payments';
import { draftInvoice, finalizeInvoice } from '@/sandbox/stripe/invoices';
import { cardDeclined } from '@/sandbox/stripe/payment-methods';
import type { Subscription } from '@/sandbox/stripe/wire';

export type ChangeOptions = {
  behavior?: string | undefined;
  date?: number | undefined;
  anchorNow?: boolean | undefined;
  payment?: string | undefined;
  /** Stop at the draft: nothing is finalised or charged. */
  preview?: boolean;
};

/** The lines of a whole running period, for items that are paid ahead. */
export function wholePeriod(api: Api, sub: Subscription): NewLine[] {
  return sub.items.data
    .filter((item) => item.price.recurring?.usage_type !== 'metered')
    .map((item) => {
      const period = { start: item.current_period_start, end: item.current_period_end };
      return itemLine(api, sub, item, period, false);
    });
}

/** The lines of metered items for what was used from the period's start up to `end`. */
export function usedLines(api: Api, sub: Subscription, end: number): NewLine[] {
  if (sub.status === 'trialing') return [];
  return sub.items.data
    .filter((item) => item.price.recurring?.usage_type === 'metered')
    .map((item) => itemLine(api, sub, item, { start: item.current_period_start, end }, false))
    .filter((line) => line.amount > 0);
}

/** Drafts an invoice of `lines` and what is pending for the subscription; none where there is nothing of either. */
function draftOf(api: Api, sub: Subscription, reason: string, lines: NewLine[]): string | null {
  const pending = api.store
    .all('invoiceitem')
    .some((item) => !item.invoice && item.parent?.subscription_details?.subscription === sub.id);
  if (!lines.length && !pending) return null;
  const { customer, currency } = sub;
  return draftInvoice(api, { customer, subscription: sub, reason, lines, currency }).id;
}

/** Bills at once what is pending for the subscription, with `lines` after it. */
export function invoiceNow(
  api: Api,
  id: string,
  options: ChangeOptions,
  lines: NewLine[] = [],
): void {
  const sub = api.store.get('subscription', id);
  const invoice = draftOf(api, sub, 'subscription_update', lines);
  if (invoice && !options.preview) collect(api, id, invoice, options.payment);
}

/** At the end of its last period: what metered items used, and what is still pending. Finalised like a renewal. */
export function draftLast(api: Api, id: string): void {
  const sub = api.store.get('subscription', id);
  draftOf(api, sub, 'subscription_cycle', usedLines(api, sub, api.now(sub.test_clock)));
}

/** Finalises and charges; a decline throws when the caller asked for `error_if_incomplete`. */
export function collect(api: Api, id: string, invoice: string, payment = 'allow_incomplete'): void {
  const open = finalizeInvoice(api, invoice);
  if (open.collection_method === 'send_invoice' && open.amount_due > 0) return;
  if (payment === 'default_incomplete' && open.amount_due > 0) return;
  const after = attemptInvoice(api, invoice, { offSession: false });
  if (payment !== 'error_if_incomplete' || after.status === 'paid') return;
  const error = intentOf(api, invoice)?.last_payment_error;
  throw cardDeclined(
    (error?.decline_code ?? error?.code ?? 'authentication_required') as DeclineReason,
  );
}
