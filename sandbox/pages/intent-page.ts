import { challengePage } from '@/sandbox/pages/challenge-page';
import { message, type PageAnswer, redirect } from '@/sandbox/pages/layout';
import type { PageRoute } from '@/sandbox/pages/route';
import type { Api } from '@/sandbox/stripe/api';
import { settleIntent } from '@/sandbox/stripe/invoice-payments';
import { confirmIntent, declineIntent } from '@/sandbox/stripe/payment-intents';
import { confirmSetup } from '@/sandbox/stripe/setup-intents';

type Waiting = {
  kind: 'payment' | 'setup';
  method: string;
  back: string | null;
  amount: number | null;
  currency: string | null;
};

/** The intent that waits for its holder, or undefined when there is nothing to answer. */
function waiting(api: Api, id: string): Waiting | undefined {
  const payment = api.store.find('payment_intent', id);
  const setup = api.store.find('setup_intent', id);
  const intent = payment ?? setup;
  if (intent?.status !== 'requires_action' || !intent.payment_method) return undefined;
  return {
    kind: payment ? 'payment' : 'setup',
    method: intent.payment_method,
    back: intent.next_action?.redirect_to_url?.return_url ?? null,
    amount: payment?.amount ?? null,
    currency: payment?.currency ?? null,
  };
}

const over = () =>
  message('Nothing to confirm', 'This payment was already answered or cancelled.', 410);

function answer(api: Api, id: string, waits: Waiting, complete: boolean): PageAnswer {
  if (waits.kind === 'setup') {
    if (complete) confirmSetup(api, id, waits.method, { authenticated: true });
    else
      api.emit(
        'setup_intent.setup_failed',
        api.store.patch('setup_intent', id, {
          status: 'requires_payment_method',
          next_action: null,
          payment_method: null,
        }),
      );
  } else
    settleIntent(
      api,
      complete
        ? confirmIntent(api, id, waits.method, { offSession: false, authenticated: true })
        : declineIntent(api, id, waits.method, 'failed_challenge'),
    );
  const secret =
    api.store.find('payment_intent', id)?.client_secret ??
    api.store.find('setup_intent', id)?.client_secret ??
    '';
  if (!waits.back)
    return message(
      complete ? 'Payment confirmed' : 'Payment not confirmed',
      'You can close this page.',
    );
  const url = new URL(waits.back);
  const name = waits.kind === 'setup' ? 'setup_intent' : 'payment_intent';
  url.searchParams.set(name, id);
  url.searchParams.set(`${name}_client_secret`, secret);
  url.searchParams.set('redirect_status', complete ? 'succeeded' : 'failed');
  return redirect(url.href);
}

export const intentPages: PageRoute[] = [
  {
    method: 'GET',
    path: '/challenge/:id',
    run: ({ api, id }) => {
      const waits = waiting(api, id);
      return waits ? challengePage(`/challenge/${id}`, waits.amount, waits.currency) : over();
    },
  },
  {
    method: 'POST',
    path: '/challenge/:id',
    run: ({ api, id, form }) => {
      const waits = waiting(api, id);
      return waits ? answer(api, id, waits, form.get('answer') === 'complete') : over();
    },
  },
];
