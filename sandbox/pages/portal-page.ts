import { ApiError } from '@/sandbox/http/errors';
import {
  CARD_SCRIPT,
  cardFields,
  type FieldError,
  fieldOf,
  readCard,
  testCards,
} from '@/sandbox/pages/card-form';
import { challengePage } from '@/sandbox/pages/challenge-page';
import { html, type Markup } from '@/sandbox/pages/html';
import { day, message, page, type PageAnswer, redirect } from '@/sandbox/pages/layout';
import type { PageCall, PageRoute } from '@/sandbox/pages/route';
import { pill } from '@/sandbox/pages/status';
import type { Api } from '@/sandbox/stripe/api';
import { createCard } from '@/sandbox/stripe/payment-methods';
import { formatMoney, priceAmount, priceLabel, productName } from '@/sandbox/stripe/pricing';
import { confirmSetup, createSetupIntent } from '@/sandbox/stripe/setup-intents';
import { updateSubscription } from '@/sandbox/stripe/subscription-routes';
import { isLive } from '@/sandbox/stripe/subscription-state';
import type { PortalSession, Subscription } from '@/sandbox/stripe/wire';

const LIFE = 24 * 3600;

function subscriptionCard(
  api: Api,
  session: PortalSession,
  sub: Subscription,
  mayCancel: boolean,
): Markup {
  const [first] = sub.items.data;
  const base = `/billing/${session.id}/subscriptions/${sub.id}`;
  const until = day(first?.current_period_end);
  const next = sub.cancel_at
    ? html`Ends on ${day(sub.cancel_at)} and is not renewed.`
    : sub.status === 'trialing'
      ? html`Trial until ${until}, then ${first ? priceLabel(first.price) : ''}.`
      : html`Renews on ${until}.`;
  return html`<article class="card stack">
    <div class="row between"><h2>${first ? productName(api, first.price) : 'Subscription'}</h2>${pill(sub.status)}</div>
    <p>${first && first.price.unit_amount !== null ? `${formatMoney(priceAmount(api, first.price, first.quantity ?? 1), sub.currency)} / ${first.price.recurring?.interval ?? ''}` : 'Priced by use'}</p>
    <p class="muted">${next}</p>
    ${
      mayCancel &&
      (sub.cancel_at
        ? html`<form method="post" action="${base}"><input type="hidden" name="do" value="keep"><button class="btn">Keep subscription</button></form>`
        : html`<details><summary>Cancel this subscription</summary><form class="stack" method="post" action="${base}"><p class="small muted">It stays usable until ${until}. You can change your mind until then.</p><input type="hidden" name="do" value="cancel"><button class="btn danger">Cancel at the end of the period</button></form></details>`)
    }
  </article>`;
}

function show(
  api: Api,
  session: PortalSession,
  error?: FieldError,
  values: Record<string, string> = {},
  saved = false,
): PageAnswer {
  const customer = api.store.get('customer', session.customer);
  const { features } = api.store.get('billing_portal.configuration', session.configuration);
  const subs = api.store
    .all('subscription')
    .filter((sub) => sub.customer === customer.id && isLive(sub) && sub.status !== 'incomplete')
    .reverse();
  const invoices = api.store
    .all('invoice')
    .filter((invoice) => invoice.customer === customer.id && invoice.status !== 'draft')
    .reverse();
  const card = api.store.find(
    'payment_method',
    subs[0]?.default_payment_method ?? customer.invoice_settings.default_payment_method,
  )?.card;
  return page(
    { title: 'Billing', script: CARD_SCRIPT, status: error ? 402 : 200 },
    html`<main class="wrap mid stack-l">
      <header class="stack">${session.return_url && html`<p><a class="small" href="${session.return_url}">← Back</a></p>`}<h1>Billing</h1><p class="muted">${[customer.name, customer.email].filter(Boolean).join(' · ')}</p></header>
      <section class="stack"><h2>Subscription</h2>${subs.length ? subs.map((sub) => subscriptionCard(api, session, sub, features.subscription_cancel.enabled)) : html`<p class="empty">No subscription. Choose a plan to start one.</p>`}</section>
      ${
        features.payment_method_update.enabled &&
        html`<section class="card stack"><h2>Payment method</h2>
        ${saved && html`<div class="alert good" role="status">The new card is saved and used from now on.</div>`}
        <p>${card ? html`${(card.display_brand ?? card.brand).replace(/^./, (letter) => letter.toUpperCase())} •••• ${card.last4} <span class="muted">expires ${String(card.exp_month).padStart(2, '0')} / ${card.exp_year}</span>` : html`<span class="muted">No card on file.</span>`}</p>
        <details${error ? ' open' : ''}><summary>${card ? 'Change card' : 'Add a card'}</summary><form class="stack" method="post" action="/billing/${session.id}/card" novalidate>
          ${error && html`<div class="alert" role="alert">${error.message}</div>`}${cardFields(values, error)}
          <button class="btn primary" type="submit" data-testid="hosted-payment-submit-button" data-busy="Saving…">Save card</button>${testCards()}</form></details></section>`
      }
      ${
        features.invoice_history.enabled &&
        html`<section class="card"><h2>Invoices</h2>${
          invoices.length
            ? html`<div class="scroll"><table><thead><tr><th>Date</th><th>Number</th><th>Status</th><th class="num">Amount</th></tr></thead><tbody>
        ${invoices.map((invoice) => html`<tr><td>${day(invoice.created)}</td><td><a href="/invoice/${invoice.id}">${invoice.number}</a></td><td>${pill(invoice.status)}</td><td class="num">${formatMoney(invoice.total, invoice.currency)}</td></tr>`)}</tbody></table></div>`
            : html`<p class="empty">No invoices yet. The first appears when a period is billed.</p>`
        }</section>`
      }
    </main>`,
  );
}

/** The new card is used for everything: the customer's default and each running subscription. */
function useEverywhere(api: Api, customerId: string, method: string): void {
  const customer = api.store.get('customer', customerId);
  api.update('customer', customerId, {
    invoice_settings: { ...customer.invoice_settings, default_payment_method: method },
  });
  for (const sub of api.store.all('subscription'))
    if (sub.customer === customerId && isLive(sub))
      api.update('subscription', sub.id, { default_payment_method: method });
}

function saveCard(api: Api, session: PortalSession, form: URLSearchParams): PageAnswer {
  const values = Object.fromEntries([...form].filter(([name]) => name !== 'cardCvc'));
  const card = readCard(form);
  try {
    const method = createCard(api, {
      ...card,
      ...(card.name ? { billing: { name: card.name } as never } : {}),
    });
    const setup = createSetupIntent(api, { customer: session.customer });
    const done = confirmSetup(api, setup.id, method.id, {});
    if (done.status === 'requires_action')
      return redirect(`/billing/${session.id}/challenge?intent=${done.id}`);
    useEverywhere(api, session.customer, method.id);
    return redirect(`/billing/${session.id}?saved=1`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const field = fieldOf(error.body.param, error.body.code);
    return show(
      api,
      session,
      { message: `${error.message} Try another card.`, ...(field ? { field } : {}) },
      values,
    );
  }
}

function answerChallenge(
  api: Api,
  session: PortalSession,
  intentId: string,
  complete: boolean,
): PageAnswer {
  const intent = api.store.find('setup_intent', intentId);
  if (
    intent?.customer !== session.customer ||
    !intent.payment_method ||
    intent.status !== 'requires_action'
  )
    return redirect(`/billing/${session.id}`);
  if (!complete)
    return show(api, session, {
      message: 'We are unable to authenticate your payment method. Try another card.',
    });
  confirmSetup(api, intent.id, intent.payment_method, { authenticated: true });
  useEverywhere(api, session.customer, intent.payment_method);
  return redirect(`/billing/${session.id}?saved=1`);
}

/** Finds the session of the address, unless it is unknown or a day old. */
function withSession(
  run: (session: PortalSession, call: PageCall) => PageAnswer,
): PageRoute['run'] {
  return (call) => {
    const session = call.api.store.find('billing_portal.session', call.id);
    if (
      !session ||
      session.created + LIFE < call.api.realNow() ||
      !call.api.store.find('customer', session.customer)
    )
      return message(
        'This billing link has expired',
        'Open billing again from the product: each link works for one day.',
        410,
      );
    return run(session, call);
  };
}

function changeSubscription(session: PortalSession, { api, ids, form }: PageCall): PageAnswer {
  const sub = api.store.find('subscription', ids[1]);
  if (sub?.customer !== session.customer)
    return message('No such subscription', 'It belongs to someone else or has ended.', 404);
  const { mode, enabled } = api.store.get('billing_portal.configuration', session.configuration)
    .features.subscription_cancel;
  if (!enabled)
    return message(
      'Cancelling is switched off here',
      'Ask the shop to cancel the subscription.',
      403,
    );
  const cancel = form.get('do') === 'cancel';
  updateSubscription(
    api,
    sub.id,
    cancel && mode === 'immediately'
      ? { cancel_at: api.now(sub.test_clock) }
      : { cancel_at_period_end: cancel },
  );
  return redirect(`/billing/${session.id}`);
}

export const portalPages: PageRoute[] = [
  {
    method: 'GET',
    path: '/billing/:id',
    run: withSession((session, { api, query }) =>
      show(api, session, undefined, {}, query.has('saved')),
    ),
  },
  {
    method: 'POST',
    path: '/billing/:id/card',
    run: withSession((session, { api, form }) => saveCard(api, session, form)),
  },
  { method: 'POST', path: '/billing/:id/subscriptions/:id', run: withSession(changeSubscription) },
  {
    method: 'GET',
    path: '/billing/:id/challenge',
    run: withSession((session, { query }) =>
      challengePage(
        `/billing/${session.id}/challenge?intent=${query.get('intent') ?? ''}`,
        null,
        null,
      ),
    ),
  },
  {
    method: 'POST',
    path: '/billing/:id/challenge',
    run: withSession((session, { api, query, form }) =>
      answerChallenge(api, session, query.get('intent') ?? '', form.get('answer') === 'complete'),
    ),
  },
];
