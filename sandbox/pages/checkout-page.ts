import type { Api } from '@/sandbox/stripe/api';
import { ApiError } from '@/sandbox/http/errors';
import {
  CARD_SCRIPT,
  cardFields,
  type CardFields,
  type FieldError,
  fieldOf,
  type FormValues,
  readCard,
  testCards,
} from '@/sandbox/pages/card-form';
import { challengePage } from '@/sandbox/pages/challenge-page';
import { html, type Markup } from '@/sandbox/pages/html';
import { day, message, page, type PageAnswer, redirect } from '@/sandbox/pages/layout';
import type { PageRoute } from '@/sandbox/pages/route';
import {
  checkoutTotals,
  completeCheckout,
  expireCheckout,
  trialEndOf,
} from '@/sandbox/stripe/checkout';
import { formatMoney, priceLabel } from '@/sandbox/stripe/pricing';
import type { CheckoutSession } from '@/sandbox/stripe/wire';

const COUNTRIES = [
  'US',
  'GB',
  'DE',
  'FR',
  'NL',
  'ES',
  'IT',
  'PL',
  'CA',
  'AU',
  'JP',
  'SG',
  'IN',
  'BR',
];
const names = new Intl.DisplayNames('en', { type: 'region' });

function successUrl(session: CheckoutSession): string {
  return (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

/** Why the session can't be paid any more, as a page; undefined while it is open. */
function closed(api: Api, session: CheckoutSession): PageAnswer | undefined {
  if (session.status === 'complete') return redirect(successUrl(session));
  const over = session.status === 'open' && session.expires_at <= api.realNow();
  if (over) expireCheckout(api, session.id);
  if (!over && session.status === 'open') return undefined;
  const back = session.cancel_url
    ? { href: session.cancel_url, label: 'Back to the shop' }
    : undefined;
  return message(
    'This checkout has expired',
    'It was open for a day at most. Go back and start again: nothing was charged.',
    410,
    back,
  );
}

function summary(api: Api, session: CheckoutSession): Markup {
  const currency = session.currency ?? 'usd';
  const back =
    session.cancel_url &&
    html`<p class="back"><a class="small" data-testid="business-link" href="${session.cancel_url}">← Cancel and go back</a></p>`;
  if (session.mode === 'setup')
    return html`<section class="stack">${back}<h1>Save a card</h1><p class="muted">It is kept for later payments. Nothing is charged today.</p></section>`;
  const { line_items } = api.store.get('_checkout', session.id);
  const totals = checkoutTotals(api, session.id, session.customer);
  const trial = trialEndOf(api, session);
  const money = (amount: number) =>
    html`<span class="money">${formatMoney(amount, currency)}</span>`;
  return html`<section>${back}
    <h1 class="muted quiet">Subscribe to ${line_items.map((line) => line.description).join(', ')}</h1>
    <div class="total">${formatMoney(trial ? 0 : totals.total, currency)}</div>
    <p class="muted small">${trial ? `due today, then ${formatMoney(totals.total, currency)} from ${day(trial)}` : 'due today'}</p>
    <div class="lines">
      ${line_items.map((line) => html`<div><span><b>${line.description}</b><br><span class="muted small">${line.quantity && line.quantity > 1 ? `${line.quantity} × ` : ''}${line.price ? priceLabel(line.price) : ''}</span></span>${money(line.amount_subtotal)}</div>`)}
      ${totals.discount > 0 && html`<div><span>Discount</span><span class="money">−${formatMoney(totals.discount, currency)}</span></div>`}
      ${totals.tax > 0 && html`<div><span>Tax</span><span class="money">${formatMoney(totals.tax, currency)}</span></div>`}
      ${trial && html`<div><span>Free trial until ${day(trial)}</span>${money(-totals.total)}</div>`}
      <div><b>Total due today</b><b>${money(trial ? 0 : totals.total)}</b></div>
    </div></section>`;
}

function show(
  api: Api,
  session: CheckoutSession,
  values: FormValues = {},
  error?: FieldError,
): PageAnswer {
  const known = session.customer
    ? api.store.get('customer', session.customer).email
    : session.customer_email;
  const country = values['billingCountry'] ?? 'US';
  const trial = session.mode === 'subscription' && trialEndOf(api, session);
  const label = session.mode === 'setup' ? 'Save card' : trial ? 'Start trial' : 'Subscribe';
  const email = known
    ? html`<div><label>Email</label><p data-testid="known-email">${known}</p></div>`
    : html`<div><label for="email">Email</label><input id="email" name="email" type="email" autocomplete="email" required placeholder="you@example.com" aria-invalid="${error?.field === 'email' ? 'true' : 'false'}" value="${values['email']}"></div>`;
  return page(
    { title: label, script: CARD_SCRIPT, status: error ? 402 : 200 },
    html`<main class="split">${summary(api, session)}
    <form class="card stack" method="post" action="/checkout/${session.id}" novalidate>
      <h2>Card</h2>
      ${error && html`<div class="alert" role="alert" data-testid="checkout-error">${error.message}</div>`}
      ${email}
      ${cardFields(values, error)}
      <div><label for="billingCountry">Country</label><select id="billingCountry" name="billingCountry" autocomplete="country">${COUNTRIES.map((code) => html`<option value="${code}"${code === country && ' selected'}>${names.of(code)}</option>`)}</select></div>
      <button class="btn primary wide" type="submit" data-testid="hosted-payment-submit-button" data-busy="Processing…">${label}</button>
      ${testCards()}
      <p class="small muted">${session.mode === 'setup' ? 'You can remove the card at any time.' : 'Renews until cancelled. You can cancel at any time from your billing page.'}</p>
    </form></main>`,
  );
}

const valuesOf = (form: URLSearchParams): FormValues =>
  Object.fromEntries([...form].filter(([name]) => name !== 'cardCvc'));

function submit(
  api: Api,
  session: CheckoutSession,
  card: CardFields,
  values: FormValues,
  authenticated: boolean,
): PageAnswer {
  if (
    !session.customer &&
    !session.customer_email &&
    !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(card.email ?? '')
  )
    return show(api, session, values, {
      message: 'Enter an email address such as you@example.com.',
      field: 'email',
    });
  try {
    const outcome = completeCheckout(api, session.id, card, authenticated);
    if (!outcome.challenge) return redirect(successUrl(outcome.session));
    api.store.patch('_checkout', session.id, { completing: { card, values } });
    return redirect(`/checkout/${session.id}/challenge`);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status >= 500) throw error;
    const field = fieldOf(error.body.param, error.body.code);
    return show(api, session, values, {
      message:
        `${error.message} ${error.body.type === 'card_error' ? 'Try another card.' : ''}`.trim(),
      ...(field ? { field } : {}),
    });
  }
}

type Completing = { card: CardFields; values: FormValues };

export const checkoutPages: PageRoute[] = [
  {
    method: 'GET',
    path: '/checkout/:id',
    run: ({ api, id }) => {
      const session = api.store.find('checkout.session', id);
      if (!session)
        return message(
          'No such checkout',
          'The address is wrong or the sandbox was reset. Start again from the shop.',
          404,
        );
      return closed(api, session) ?? show(api, session);
    },
  },
  {
    method: 'POST',
    path: '/checkout/:id',
    run: ({ api, id, form }) => {
      const session = api.require('checkout.session', id);
      return closed(api, session) ?? submit(api, session, readCard(form), valuesOf(form), false);
    },
  },
  {
    method: 'GET',
    path: '/checkout/:id/challenge',
    run: ({ api, id }) => {
      const session = api.require('checkout.session', id);
      if (!api.store.get('_checkout', id).completing) return redirect(`/checkout/${id}`);
      return (
        closed(api, session) ??
        challengePage(
          `/checkout/${id}/challenge`,
          checkoutTotals(api, id, session.customer).total,
          session.currency,
        )
      );
    },
  },
  {
    method: 'POST',
    path: '/checkout/:id/challenge',
    run: ({ api, id, form }) => {
      const session = api.require('checkout.session', id);
      const pending = api.store.get('_checkout', id).completing as Completing | undefined;
      const over = closed(api, session);
      if (over || !pending) return over ?? redirect(`/checkout/${id}`);
      const { completing: _, ...rest } = api.store.get('_checkout', id);
      api.store.put('_checkout', rest);
      if (form.get('answer') === 'complete')
        return submit(api, session, pending.card, pending.values, true);
      return show(api, session, pending.values, {
        message:
          'We are unable to authenticate your payment method. Choose a different payment method and try again.',
      });
    },
  },
];
