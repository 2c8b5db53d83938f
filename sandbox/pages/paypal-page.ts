import { html, type Markup } from '@/sandbox/pages/html';
import { message, page, type PageAnswer, redirect } from '@/sandbox/pages/layout';
import { json, type PageRoute } from '@/sandbox/pages/route';
import { approve } from '@/sandbox/paypal/approvals';
import { priceOf } from '@/sandbox/paypal/billing';
import { centsOf } from '@/sandbox/paypal/money';
import type { Approval, BillingCycle, Plan } from '@/sandbox/paypal/records';
import { signingKey } from '@/sandbox/paypal/signature';
import type { Api } from '@/sandbox/stripe/api';
import { formatMoney } from '@/sandbox/stripe/pricing';

function every({ interval_unit, interval_count }: BillingCycle['frequency']): string {
  const unit = interval_unit.toLowerCase();
  return interval_count === 1 ? `every ${unit}` : `every ${interval_count} ${unit}s`;
}

function cycles(plan: Plan, quantity: number, currency: string): Markup[] {
  return plan.billing_cycles.map((cycle) => {
    const price = formatMoney(priceOf(plan, cycle, quantity), currency);
    const times = cycle.total_cycles === 0 ? '' : `, ${cycle.total_cycles} ×`;
    const what = cycle.tenure_type === 'TRIAL' ? 'Trial' : plan.name;
    return html`<div><span><b>${what}</b><br><span class="muted small">${every(cycle.frequency)}${times}</span></span><span class="money">${price}</span></div>`;
  });
}

/** What the payer is asked to agree to. */
function offer(api: Api, approval: Approval): { title: string; lines: Markup[]; button: string } {
  if (approval.kind === 'order') {
    const { amount, description } = api.store.get('paypal.order', approval.of).purchase_unit;
    const price = formatMoney(centsOf(amount), amount.currency_code);
    const line = html`<div><span><b>${description ?? 'One payment'}</b></span><span class="money">${price}</span></div>`;
    return { title: `Pay ${approval.brand}`, lines: [line], button: 'Approve payment' };
  }
  const sub = api.store.get('paypal.subscription', approval.of);
  const { plan, quantity } = approval.revision ?? sub;
  const lines = cycles(api.store.get('paypal.plan', plan), quantity, sub.currency);
  return approval.revision
    ? { title: `Change what you pay ${approval.brand}`, lines, button: 'Approve change' }
    : { title: `Subscribe to ${approval.brand}`, lines, button: 'Approve subscription' };
}

function show(api: Api, approval: Approval): PageAnswer {
  const { title, lines, button } = offer(api, approval);
  return page(
    { title },
    html`<main class="wrap narrow"><form class="card stack" method="post" action="/paypal/approve/${approval.id}">
      <span class="pill">PayPal test page</span>
      <h1>${title}</h1>
      <p>At PayPal you would sign in and agree. Here you choose what happens.</p>
      <div class="lines">${lines}</div>
      <div>
        <label for="funding">When money is taken</label>
        <select id="funding" name="funding"><option value="pays">The account pays</option><option value="declines">The account declines</option></select>
      </div>
      <div class="row">
        <button class="btn primary" name="answer" value="approve" data-testid="paypal-approve">${button}</button>
        <button class="btn" name="answer" value="decline" data-testid="paypal-decline">Decline and go back</button>
      </div></form></main>`,
  );
}

/** Back to the merchant with what PayPal puts into the address. */
function back(api: Api, approval: Approval, agreed: boolean): PageAnswer {
  const target = agreed ? approval.return_url : approval.cancel_url;
  if (!target)
    return agreed
      ? message('Approved', 'The merchant was told. You can close this page.')
      : message('Declined', 'Nothing was agreed. You can close this page.');
  const url = new URL(target);
  const order = approval.kind === 'order';
  if (!order) url.searchParams.set('subscription_id', approval.of);
  if (!order) url.searchParams.set('ba_token', approval.id);
  url.searchParams.set('token', approval.id);
  if (order && agreed)
    url.searchParams.set('PayerID', api.store.get('paypal.order', approval.of).id.slice(0, 13));
  return redirect(url.href);
}

function answer(api: Api, approval: Approval, form: URLSearchParams): PageAnswer {
  const agreed = form.get('answer') === 'approve';
  if (agreed && !approval.answered)
    api.store.attempt(() => approve(api, approval, form.get('funding') !== 'declines'));
  return back(api, approval, agreed);
}

const gone = () =>
  message('No such approval', 'The address is wrong or the sandbox was reset.', 404);

export const payPalPages: PageRoute[] = [
  {
    method: 'GET',
    path: '/paypal/approve/:id',
    run: ({ api, id }) => {
      const approval = api.store.find('paypal.approval', id);
      if (!approval) return gone();
      return approval.answered
        ? message('Already answered', 'This was approved before. Go back to the merchant.')
        : show(api, approval);
    },
  },
  {
    method: 'POST',
    path: '/paypal/approve/:id',
    run: ({ api, id, form }) => {
      const approval = api.store.find('paypal.approval', id);
      return approval ? answer(api, approval, form) : gone();
    },
  },
  {
    method: 'GET',
    path: '/paypal/v1/notifications/certs/:id',
    run: ({ api, id }) => {
      const key = signingKey(api.store);
      if (key.id !== id) return json({ name: 'RESOURCE_NOT_FOUND' }, 404);
      return {
        status: 200,
        headers: { 'content-type': 'application/x-pem-file' },
        body: key.certificate,
      };
    },
  },
];
