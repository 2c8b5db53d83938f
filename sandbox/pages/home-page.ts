import { html, type Markup } from '@/sandbox/pages/html';
import { moment, page } from '@/sandbox/pages/layout';
import type { PageCall, PageRoute } from '@/sandbox/pages/route';
import { pill } from '@/sandbox/pages/status';
import type { Api } from '@/sandbox/stripe/api';
import { formatMoney } from '@/sandbox/stripe/pricing';

const RECENT = 12;

function table(title: string, heads: string[], rows: Markup[], empty: string): Markup {
  return html`<section class="card"><h2>${title}</h2>${
    rows.length === 0
      ? html`<p class="empty">${empty}</p>`
      : html`<div class="scroll"><table><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
  }</section>`;
}

function checkouts(api: Api): Markup {
  const rows = api.store
    .all('checkout.session')
    .slice(-RECENT)
    .reverse()
    .map(
      (session) =>
        html`<tr><td>${session.url ? html`<a href="${session.url}">${session.mode}</a>` : session.mode}</td><td>${session.customer_details?.email ?? '–'}</td><td>${session.amount_total === null ? '–' : formatMoney(session.amount_total, session.currency ?? 'usd')}</td><td>${pill(session.status)}</td><td class="when">${moment(session.created)}</td></tr>`,
    );
  return table(
    'Checkouts',
    ['Mode', 'Customer', 'Due at once', 'Status', 'Created'],
    rows,
    'No checkout yet. Choose a plan in the product and pay: the page it leads to is served here.',
  );
}

function customers(api: Api): Markup {
  const rows = api.store
    .all('customer')
    .slice(-RECENT)
    .reverse()
    .map((customer) => {
      const sub = api.store.all('subscription').findLast((each) => each.customer === customer.id);
      return html`<tr><td>${customer.name ?? '–'}<br><span class="muted small">${customer.email ?? 'no e-mail'}</span></td><td class="mono">${customer.id}</td><td>${sub ? pill(sub.status) : '–'}</td></tr>`;
    });
  return table('Customers', ['Customer', 'Id', 'Subscription'], rows, 'No customer yet.');
}

function deliveries({ api, courier }: PageCall): Markup {
  const rows = api.store
    .all('_delivery')
    .slice(-RECENT * 2)
    .reverse()
    .map((each) => {
      const last = each.attempts.at(-1);
      const outcome = last ? (last.status ?? last.error ?? 'no answer') : 'not tried yet';
      return html`<tr><td><span class="mono">${each.type}</span><br><span class="muted small">${each.event}</span></td><td>${pill(each.status)}</td><td class="small">${each.attempts.length} × ${String(outcome).slice(0, 80)}</td>
      <td><form method="post" action="/_sandbox/deliveries/${each.id}/resend"><button class="btn" aria-label="Resend ${each.type}">Resend</button></form></td></tr>`;
    });
  const endpoints = [...api.store.all('webhook_endpoint'), ...api.store.all('paypal.webhook')].map(
    ({ url }) => url,
  );
  const state = courier.mode.paused
    ? 'Deliveries are paused.'
    : endpoints.length
      ? `Sent to ${endpoints.join(', ')}.`
      : 'No endpoint is configured: set SANDBOX_WEBHOOK_URL.';
  return html`${table('Events and webhook deliveries', ['Event', 'Status', 'Attempts', ''], rows, 'No event yet.')}<p class="small muted">${state}</p>`;
}

function payPal(api: Api): Markup {
  const rows = api.store
    .all('paypal.subscription')
    .slice(-RECENT)
    .reverse()
    .map(
      (sub) =>
        html`<tr><td class="mono">${sub.id}</td><td>${sub.subscriber.email_address}</td><td>${pill(sub.status.toLowerCase())}</td><td>${formatMoney(sub.outstanding, sub.currency)}</td><td class="when">${sub.next_billing === null ? '–' : moment(sub.next_billing)}</td></tr>`,
    );
  return table(
    'PayPal subscriptions',
    ['Id', 'Payer', 'Status', 'Outstanding', 'Next billing'],
    rows,
    'No PayPal subscription. Create one by the API: its approval page is served here.',
  );
}

function clocks(api: Api): Markup {
  const rows = api.store
    .all('test_helpers.test_clock')
    .slice(-RECENT)
    .reverse()
    .map(
      (clock) =>
        html`<tr><td>${clock.name ?? 'Unnamed'}<br><span class="mono">${clock.id}</span></td><td>${pill(clock.status)}</td><td class="when">${moment(clock.frozen_time)}</td></tr>`,
    );
  return table(
    'Test clocks',
    ['Clock', 'Status', 'Stands at'],
    rows,
    'No test clock. A customer created with one lives in its time, and advancing it brings renewals, trial ends and failed payments.',
  );
}

function home(call: PageCall) {
  const { api } = call;
  const count = (label: string, value: number, href?: string) =>
    href
      ? html`<a class="card stat" href="${href}"><b>${value}</b>${label}</a>`
      : html`<div class="card stat"><b>${value}</b>${label}</div>`;
  const live = api.store
    .all('subscription')
    .filter((sub) => sub.status === 'active' || sub.status === 'trialing').length;
  return page(
    { title: 'Overview', nav: '/', notice: false },
    html`<main class="wrap stack-l">
      <header class="mid stack"><h1>Local payment and mail sandbox</h1>
        <p>It stands in for Stripe, for PayPal and for a mail server while you develop. Nothing leaves this machine: no real money moves, no real card works, and mail is kept in the inbox. Its time is <span class="num">${moment(api.realNow())}</span>.</p></header>
      <div class="grid">${count('customers', api.store.all('customer').length)}${count('live subscriptions', live)}${count('invoices', api.store.all('invoice').length)}${count('messages', api.store.all('_message').length, '/inbox')}</div>
      ${checkouts(api)}${customers(api)}${payPal(api)}<div class="stack">${deliveries(call)}</div>${clocks(api)}
    </main>`,
  );
}

export const homePages: PageRoute[] = [{ method: 'GET', path: '/', run: home }];
