import type { Api } from '@/sandbox/stripe/api';
import type { DeclineReason } from '@/sandbox/stripe/charges';
import { itemLine } from '@/sandbox/stripe/invoice-lines';
import { attemptInvoice, intentOf } from '@/sandbox/stripe/invoice-payments';
import { draftInvoice, finalizeInvoice } from '@/sandbox/stripe/invoices';
import { cardDeclined } from '@/sandbox/stripe/payment-methods';

export type ChangeOptions = {
  behavior?: string | undefined;
  date?: number | undefined;
  anchorNow?: boolean | undefined;
  payment?: string | undefined;
  /** Stop at the draft: nothing is finalised or charged. */
  preview?: boolean;
};

/** Bills what is pending for the subscription at once; `whole` adds the full new period instead of prorations. */
export function invoiceNow(api: Api, id: string, options: ChangeOptions, whole = false): void {
  const sub = api.store.get('subscription', id);
  const lines = whole
    ? sub.items.data.map((item) =>
        itemLine(
          api,
          sub,
          item,
          { start: item.current_period_start, end: item.current_period_end },
          false,
        ),
      )
    : [];
  const pending = api.store
    .all('invoiceitem')
    .some((item) => !item.invoice && item.parent?.subscription_details?.subscription === id);
  if (!lines.length && !pending) return;
  const { id: invoice } = draftInvoice(api, {
    customer: sub.customer,
    subscription: sub,
    reason: 'subscription_update',
    lines,
    currency: sub.currency,
  });
  if (!options.preview) collect(api, id, invoice, options.payment);
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
