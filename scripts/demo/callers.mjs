import { setTimeout as sleep } from 'node:timers/promises';
import { PlainFailure } from '../report-failure.mjs';

/** The product as an outside program calls it, and the provider's side, where cards are entered and refused. */

const GO_ON = 'Run `npm run demo` again when it answers: it goes on where it was.';

/** Answers `{ status, body }`, the body as what its JSON says or as text. Throws `PlainFailure` where nobody answers. */
async function call(url, options) {
  try {
    return await answerOf(url, options);
  } catch (error) {
    const why = error.cause?.code ?? error.message;
    throw new PlainFailure(`${new URL(url).origin} doesn't answer (${why}). ${GO_ON}`);
  }
}

async function answerOf(url, { method = 'GET', token, body, form, key } = {}) {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : form ? { body: new URLSearchParams(form) } : {}),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, body: json ? JSON.parse(text) : text };
}

const told = ({ status, body }) => `${status} ${body.detail ?? body.error?.message ?? ''}`;

/** The product's API; `send` throws where it is refused, unless the code of the problem is in `bear`. */
export function productAt(origin) {
  return {
    async send(method, path, { token, body, key, bear = [] } = {}) {
      for (let attempt = 0; ; attempt += 1) {
        const answer = await call(`${origin}/api/v1${path}`, { method, token, body, key });
        if (answer.status < 300 || bear.includes(answer.body.code)) return answer;
        if (answer.status !== 429 || attempt === 20) {
          const text = `${method} ${path}: ${told(answer)}`;
          throw answer.status < 500 ? new Error(text) : new PlainFailure(`${text} ${GO_ON}`);
        }
        await sleep(1_000);
      }
    },
    quietly: (path, token) => call(`${origin}/api/v1${path}`, { token }),
  };
}

const CARDS = { good: '4242 4242 4242 4242', fails_later: '4000 0000 0000 0341' };

/** The payment sandbox: its hosted pages, and what banks and marketing do there. */
export function sandboxAt(origin) {
  const stripe = async (method, path, form) => {
    const answer = await call(`${origin}/v1${path}`, { method, token: 'sk_test_demo', form });
    if (answer.status >= 300) throw new Error(`sandbox ${method} ${path}: ${told(answer)}`);
    return answer.body;
  };
  return {
    async requireThere() {
      const { status } = await call(`${origin}/_sandbox/health`).catch(() => ({ status: 0 }));
      if (status !== 200) {
        throw new PlainFailure(
          `There is no payment sandbox at ${origin}. Run \`npm start\` first; the demo never touches a real provider.`,
        );
      }
    },
    /** Enters a card on a page of the provider's: a checkout or an open invoice. */
    async enterCard(url, card, email) {
      const form = {
        email,
        cardNumber: CARDS[card],
        cardExpiry: '12 / 40',
        cardCvc: '123',
        billingName: 'Demo',
      };
      const { status } = await call(url, { method: 'POST', form });
      if (status !== 303) throw new Error(`the provider's page answered ${status}`);
    },
    async offerCoupon(id) {
      const known = await call(`${origin}/v1/coupons/${id}`, { token: 'sk_test_demo' });
      if (known.status === 200) return;
      await stripe('POST', '/coupons', {
        id,
        percent_off: '20',
        duration: 'repeating',
        duration_in_months: '3',
      });
    },
    /** From now on the bank refuses what is charged to the organisation. */
    async breakCard(email) {
      const { data } = await stripe('GET', `/customers?email=${encodeURIComponent(email)}`);
      const customer = data[0].id;
      const card = await stripe('POST', '/payment_methods/pm_card_chargeCustomerFail/attach', {
        customer,
      });
      const subs = await stripe('GET', `/subscriptions?customer=${customer}`);
      await stripe('POST', `/subscriptions/${subs.data[0].id}`, {
        default_payment_method: card.id,
      });
    },
  };
}
