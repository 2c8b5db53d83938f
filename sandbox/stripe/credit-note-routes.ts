import { CREDIT_NOTE } from '@/sandbox/stripe/resting-billing';
import type Stripe from 'stripe';
import { invalid } from '@/sandbox/http/errors';
import { listRoute, paginate, route } from '@/sandbox/http/route';
import { type Api, emptyList, mergeMetadata } from '@/sandbox/stripe/api';
import { moveBalance } from '@/sandbox/stripe/customer-balance';
import { newId } from '@/sandbox/stripe/ids';
import { intentOf, markPaid } from '@/sandbox/stripe/invoice-payments';
import { createRefund } from '@/sandbox/stripe/refunds';
import type { CreditNote, Invoice } from '@/sandbox/stripe/wire';

type Params = Stripe.CreditNoteCreateParams;
type NoteLine = CreditNote['lines']['data'][number];

function noteLines(invoice: Invoice, p: Params): NoteLine[] {
  const asked = p.lines ?? [
    {
      type: 'custom_line_item' as const,
      description: p.memo ?? `Credit for invoice ${invoice.number}`,
      quantity: 1,
      unit_amount: p.amount ?? 0,
    },
  ];
  return asked.map((line, index) => {
    const source = invoice.lines.data.find((each) => each.id === line.invoice_line_item);
    if (line.type === 'invoice_line_item' && !source)
      throw invalid(
        `No such invoice line item: '${line.invoice_line_item}'`,
        `lines[${index}][invoice_line_item]`,
        'resource_missing',
      );
    const amount =
      line.amount ??
      (line.unit_amount === undefined ? undefined : line.unit_amount * (line.quantity ?? 1)) ??
      source?.amount ??
      0;
    return {
      id: newId('cnli'),
      object: 'credit_note_line_item',
      amount,
      description: line.description ?? source?.description ?? null,
      discount_amount: 0,
      discount_amounts: [],
      ...(source ? { invoice_line_item: source.id } : {}),
      livemode: false,
      metadata: {},
      pretax_credit_amounts: [],
      quantity: line.quantity ?? null,
      tax_rates: [],
      taxes: [],
      type: line.type,
      unit_amount: line.unit_amount ?? null,
      unit_amount_decimal: line.unit_amount === undefined ? null : String(line.unit_amount),
    };
  });
}

/** How much of a paid invoice's credit goes back to the card, to the balance, or elsewhere. They must add up. */
function split(p: Params, total: number): { refund: number; credit: number; outside: number } {
  const [refund, outside] = [p.refund_amount ?? 0, p.out_of_band_amount ?? 0];
  const credit =
    p.credit_amount ??
    (p.refund_amount === undefined && p.out_of_band_amount === undefined ? total : 0);
  if (refund + credit + outside !== total)
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount ($${refund + credit + outside}) must equal the post payment amount ($${total}).`,
      'credit_amount',
    );
  return { refund, credit, outside };
}

/** The sum of the lines, if that much can still be credited. */
function creditable(invoice: Invoice, lines: NoteLine[]): number {
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const before = invoice.pre_payment_credit_notes_amount + invoice.post_payment_credit_notes_amount;
  const left =
    (invoice.status === 'paid'
      ? invoice.total
      : invoice.amount_remaining + invoice.pre_payment_credit_notes_amount) - before;
  if (total <= 0)
    throw invalid('You must specify one of `amount`, `lines`, or `shipping_cost`.', 'amount');
  if (total > left)
    throw invalid(
      `The amount of the credit note (${total}) is more than what can still be credited (${left}).`,
      'amount',
    );
  return total;
}

/** Moves the money: to the card, and to the customer's balance. */
function giveBack(api: Api, invoice: Invoice, id: string, parts: ReturnType<typeof split>) {
  const charge = parts.refund ? (intentOf(api, invoice.id)?.latest_charge ?? '') : '';
  const refund = parts.refund ? createRefund(api, { charge, amount: parts.refund }) : undefined;
  const balance = parts.credit
    ? moveBalance(api, invoice.customer ?? '', -parts.credit, 'credit_note', {
        credit_note: id,
        currency: invoice.currency,
      })
    : undefined;
  return { refund, balance };
}

function createNote(api: Api, p: Params): CreditNote {
  const invoice = api.require('invoice', p.invoice, 'invoice');
  if (invoice.status !== 'open' && invoice.status !== 'paid')
    throw invalid(
      `The invoice must be open or paid to be credited; it is ${invoice.status}.`,
      'invoice',
    );
  const lines = noteLines(invoice, p);
  const total = creditable(invoice, lines);
  const paid = invoice.status === 'paid';
  const parts = paid ? split(p, total) : { refund: 0, credit: 0, outside: 0 };
  const customer = invoice.customer ?? '';
  const id = newId('cn');
  const { refund, balance } = giveBack(api, invoice, id, parts);
  const count = api.store.all('credit_note').filter((note) => note.invoice === invoice.id).length;
  const now = api.now(invoice.test_clock);
  const note = api.create('credit_note', {
    ...CREDIT_NOTE,
    id,
    amount: total,
    created: now,
    currency: invoice.currency,
    customer,
    customer_balance_transaction: balance?.id ?? null,
    effective_at: p.effective_at ?? now,
    invoice: invoice.id,
    lines: emptyList(`/v1/credit_notes/${id}/lines`, lines),
    memo: p.memo ?? null,
    metadata: mergeMetadata({}, p.metadata),
    number: `${invoice.number}-CN-${String(count + 1).padStart(2, '0')}`,
    out_of_band_amount: parts.outside || null,
    pdf: `${api.url}/invoice/${invoice.id}`,
    post_payment_amount: paid ? total : 0,
    pre_payment_amount: paid ? 0 : total,
    reason: p.reason ?? null,
    refunds: refund
      ? [
          {
            amount_refunded: refund.amount,
            payment_record_refund: null,
            refund: refund.id,
            type: 'refund',
          },
        ]
      : [],
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
    type: paid ? 'post_payment' : 'pre_payment',
  });
  applyToInvoice(api, invoice, total);
  return note;
}

/** An open invoice asks for less; when nothing is left it counts as paid. */
function applyToInvoice(api: Api, invoice: Invoice, total: number): void {
  if (invoice.status === 'paid') {
    api.update('invoice', invoice.id, {
      post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + total,
    });
    return;
  }
  const due = invoice.amount_due - total;
  const intent = intentOf(api, invoice.id);
  if (intent && due > 0) api.store.patch('payment_intent', intent.id, { amount: due });
  api.update('invoice', invoice.id, {
    amount_due: due,
    amount_remaining: due,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + total,
  });
  if (due === 0) markPaid(api, invoice.id, 0);
}

function voidNote(api: Api, id: string): CreditNote {
  const note = api.require('credit_note', id);
  if (note.status === 'void') throw invalid('This credit note is already void.');
  const invoice = api.store.get('invoice', note.invoice);
  if (invoice.status !== 'open')
    throw invalid('You can only void a credit note while its invoice is open.');
  const due = invoice.amount_due + note.amount;
  api.update('invoice', invoice.id, {
    amount_due: due,
    amount_remaining: due,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - note.amount,
  });
  const intent = intentOf(api, invoice.id);
  if (intent) api.store.patch('payment_intent', intent.id, { amount: due });
  return api.update(
    'credit_note',
    id,
    { status: 'void', voided_at: api.now(invoice.test_clock) },
    'credit_note.voided',
  );
}

export const creditNoteRoutes = [
  route<Params>(
    'POST /v1/credit_notes',
    'invoice amount credit_amount refund_amount out_of_band_amount effective_at lines memo metadata reason',
    (p, { api }) => api.store.attempt(() => createNote(api, p)),
  ),
  listRoute(
    'GET /v1/credit_notes',
    'invoice customer created',
    'credit_note',
    (p: Stripe.CreditNoteListParams, row) =>
      (!p.invoice || row.invoice === p.invoice) && (!p.customer || row.customer === p.customer),
  ),
  route('GET /v1/credit_notes/:id', '', (_, { api, id }) => api.require('credit_note', id)),
  route<Stripe.CreditNoteUpdateParams>(
    'POST /v1/credit_notes/:id',
    'memo metadata',
    (p, { api, id }) => {
      const note = api.require('credit_note', id);
      return api.update('credit_note', id, {
        memo: p.memo ?? note.memo,
        metadata: mergeMetadata(note.metadata, p.metadata),
      });
    },
  ),
  route('POST /v1/credit_notes/:id/void', '', (_, { api, id }) => voidNote(api, id)),
  route(
    'GET /v1/credit_notes/:id/lines',
    'limit starting_after ending_before',
    (p, { api, id, path }) => paginate(api.require('credit_note', id).lines.data, p, path),
  ),
];
