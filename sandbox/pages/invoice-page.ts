import { ApiError } from '@/sandbox/http/errors';
import {
  CARD_SCRIPT,
  cardFields,
  type FieldError,
  fieldOf,
  readCard,
  testCards,
} from '@/sandbox/pages/card-form';
import { html } from '@/sandbox/pages/html';
import { day, message, page, type PageAnswer, redirect } from '@/sandbox/pages/layout';
import type { PageRoute } from '@/sandbox/pages/route';
import { pill } from '@/sandbox/pages/status';
import type { Api } from '@/sandbox/stripe/api';
import { attemptInvoice, intentOf } from '@/sandbox/stripe/invoice-payments';
import { attachMethod, createCard } from '@/sandbox/stripe/payment-methods';
import { formatMoney } from '@/sandbox/stripe/pricing';
import type { Invoice } from '@/sandbox/stripe/wire';

function payForm(invoice: Invoice, error?: FieldError, values: Record<string, string> = {}) {
  return html`<form class="card stack" method="post" action="/invoice/${invoice.id}" novalidate>
    <h2>Pay ${formatMoney(invoice.amount_remaining, invoice.currency)}</h2>
    ${error && html`<div class="alert" role="alert">${error.message}</div>`}
    ${cardFields(values, error)}
    <button class="btn primary wide" type="submit" data-testid="hosted-payment-submit-button" data-busy="Processing…">Pay invoice</button>
    ${testCards()}</form>`;
}

const span = ({ start, end }: { start: number; end: number }) =>
  day(start) === day(end) ? day(start) : `${day(start)} – ${day(end)}`;

function show(invoice: Invoice, error?: FieldError, values?: Record<string, string>): PageAnswer {
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const off = invoice.subtotal - (invoice.total_excluding_tax ?? invoice.total);
  const tax = invoice.total - (invoice.total_excluding_tax ?? invoice.total);
  const applied = invoice.total - invoice.amount_due - invoice.pre_payment_credit_notes_amount;
  return page(
    {
      title: `Invoice ${invoice.number ?? 'draft'}`,
      script: CARD_SCRIPT,
      status: error ? 402 : 200,
    },
    html`<main class="wrap mid stack">
      <section class="card">
        <div class="row between"><h1>Invoice ${invoice.number ?? '(draft)'}</h1>${pill(invoice.status)}</div>
        <p class="muted">For ${invoice.customer_name ?? invoice.customer_email ?? 'customer'} · issued ${day(invoice.effective_at ?? invoice.created)}${invoice.due_date ? ` · due ${day(invoice.due_date)}` : ''}</p>
        <div class="lines">
          ${invoice.lines.data.map((line) => html`<div><span>${line.description}<br><span class="muted small">${span(line.period)}</span></span><span class="money">${money(line.amount)}</span></div>`)}
          <div><span>Subtotal</span><span class="money">${money(invoice.subtotal)}</span></div>
          ${off > 0 && html`<div><span>Discount</span><span class="money">−${money(off)}</span></div>`}
          ${tax !== 0 && html`<div><span>Tax</span><span class="money">${money(tax)}</span></div>`}
          ${applied > 0 && html`<div><span>Paid from your balance</span><span class="money">−${money(applied)}</span></div>`}
          ${invoice.pre_payment_credit_notes_amount > 0 && html`<div><span>Credit notes</span><span class="money">−${money(invoice.pre_payment_credit_notes_amount)}</span></div>`}
          <div><b>${invoice.status === 'paid' ? 'Paid' : 'Amount due'}</b><b class="money">${money(invoice.status === 'paid' ? invoice.amount_paid : invoice.amount_remaining)}</b></div>
        </div>
      </section>
      ${invoice.status === 'open' && invoice.amount_remaining > 0 && payForm(invoice, error, values)}
    </main>`,
  );
}

function pay(api: Api, invoice: Invoice, form: URLSearchParams): PageAnswer {
  const values = Object.fromEntries([...form].filter(([name]) => name !== 'cardCvc'));
  const card = readCard(form);
  try {
    const method = createCard(api, { ...card, billing: { name: card.name ?? '' } as never });
    if (invoice.customer) attachMethod(api, method.id, invoice.customer);
    attemptInvoice(
      api,
      invoice.id,
      { offSession: false, returnUrl: `${api.url}/invoice/${invoice.id}` },
      method.id,
    );
    const intent = intentOf(api, invoice.id);
    const challenge = intent?.next_action?.redirect_to_url?.url;
    if (intent?.status === 'requires_action' && challenge) return redirect(challenge);
    const after = api.store.get('invoice', invoice.id);
    if (after.status === 'paid') return redirect(`/invoice/${invoice.id}`);
    return show(
      after,
      {
        message: `${intent?.last_payment_error?.message ?? 'The payment failed.'} Try another card.`,
      },
      values,
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const field = fieldOf(error.body.param, error.body.code);
    return show(invoice, { message: error.message, ...(field ? { field } : {}) }, values);
  }
}

export const invoicePages: PageRoute[] = [
  {
    method: 'GET',
    path: '/invoice/:id',
    run: ({ api, id }) => {
      const invoice = api.store.find('invoice', id);
      return invoice
        ? show(invoice)
        : message('No such invoice', 'The address is wrong or the sandbox was reset.', 404);
    },
  },
  {
    method: 'POST',
    path: '/invoice/:id',
    run: ({ api, id, form }) => {
      const invoice = api.require('invoice', id);
      return invoice.status === 'open' ? pay(api, invoice, form) : redirect(`/invoice/${id}`);
    },
  },
];
