import { z } from 'zod';
import { approvalFor, CONTEXT, type Context } from '@/sandbox/paypal/approvals';
import { activate, captureOutstanding, nextBillingAfter } from '@/sandbox/paypal/billing';
import { requirePlan } from '@/sandbox/paypal/catalogue';
import { type Answer, type Call, endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { invalidRequest, notFound, notImplemented, refused } from '@/sandbox/paypal/errors';
import { baseOf } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { centsOf, moneyOf, moneySchema, timeOf } from '@/sandbox/paypal/money';
import type { Plan } from '@/sandbox/paypal/records';
import {
  moveTo,
  mustBe,
  requireSubscription,
  showing,
  tellSubscription,
} from '@/sandbox/paypal/subscription-shown';
import type { Api } from '@/sandbox/stripe/api';

const quantity = z.string().regex(/^[1-9]\d{0,8}$/);
const createShape = z.strictObject({
  plan_id: z.string(),
  start_time: z.iso.datetime().optional(),
  quantity: quantity.optional(),
  custom_id: z.string().min(1).max(127).optional(),
  subscriber: z
    .strictObject({
      email_address: z.email().optional(),
      name: z
        .strictObject({ given_name: z.string().optional(), surname: z.string().optional() })
        .optional(),
    })
    .optional(),
  application_context: CONTEXT.optional(),
});
const reviseShape = z.strictObject({
  plan_id: z.string().optional(),
  quantity: quantity.optional(),
  application_context: CONTEXT.optional(),
});
const reasonShape = z.strictObject({ reason: z.string().min(1).max(128) });
const captureShape = z.strictObject({
  note: z.string().min(1).max(128),
  capture_type: z.literal('OUTSTANDING_BALANCE'),
  amount: moneySchema,
});
const patchShape = z.array(
  z.strictObject({ op: z.enum(['add', 'replace']), path: z.string(), value: z.unknown() }),
);

function buyable(api: Api, id: string, asked: string | undefined): Plan {
  const plan = requirePlan(api, id);
  if (plan.status !== 'ACTIVE')
    throw refused(
      'PLAN_STATUS_INVALID',
      `The plan is ${plan.status} and not for sale.`,
      '/plan_id',
    );
  if (asked !== undefined && !plan.quantity_supported)
    throw refused('QUANTITY_NOT_SUPPORTED', 'The plan knows no quantity.', '/quantity');
  return plan;
}

const currencyOf = (plan: Plan) =>
  plan.billing_cycles.at(-1)?.pricing_scheme?.fixed_price.currency_code ?? 'USD';

/** A header of the sandbox's own puts a subscription into the time of one of Stripe's test clocks. */
function clockOf(api: Api, headers: Call<unknown>['headers']): string | null {
  const clock = headers['sandbox-test-clock'];
  if (clock === undefined) return null;
  if (!api.store.find('test_helpers.test_clock', clock)) throw notFound(clock);
  return clock;
}

function create({ api, body, headers }: Call<z.infer<typeof createShape>>): Answer {
  const plan = buyable(api, body.plan_id, body.quantity);
  const test_clock = clockOf(api, headers);
  const now = api.now(test_clock);
  const start = body.start_time ? Math.floor(Date.parse(body.start_time) / 1000) : now;
  if (start < now) throw refused('INVALID_START_TIME', 'It lies in the past.', '/start_time');
  const { subscriber, application_context: context } = body;
  const sub = api.store.put('paypal.subscription', {
    id: newId('I'),
    plan: plan.id,
    quantity: Number(body.quantity ?? 1),
    status: 'APPROVAL_PENDING',
    status_note: null,
    status_changed: now,
    custom_id: body.custom_id ?? null,
    created: now,
    start,
    subscriber: {
      email_address: subscriber?.email_address ?? 'payer@example.com',
      name: {
        given_name: subscriber?.name?.given_name ?? 'Ada',
        surname: subscriber?.name?.surname ?? 'Lovelace',
      },
    },
    user_action: context?.user_action ?? 'SUBSCRIBE_NOW',
    outstanding: 0,
    currency: currencyOf(plan),
    failed_payments: 0,
    last_payment: null,
    next_billing: null,
    done: {},
    sequence_began: start,
    skipped: 0,
    test_clock,
    pays: true,
  });
  approvalFor(api, 'subscription', sub.id, context);
  tellSubscription(api, sub.id, 'CREATED');
  return showing(api, sub, 201);
}

function revise({ api, id, body }: Call<z.infer<typeof reviseShape>>): Answer {
  const sub = requireSubscription(api, id);
  mustBe(sub, 'ACTIVE', 'SUSPENDED');
  const plan = buyable(api, body.plan_id ?? sub.plan, body.quantity);
  const before = api.store.get('paypal.plan', sub.plan);
  if (plan.product_id !== before.product_id)
    throw refused('INVALID_PLAN', 'The plan must be of the same product.', '/plan_id');
  if (currencyOf(plan) !== sub.currency)
    throw refused('CURRENCY_MISMATCH', `The plan must be in ${sub.currency}.`, '/plan_id');
  const revision = { plan: plan.id, quantity: Number(body.quantity ?? sub.quantity) };
  const context: Context | undefined = body.application_context;
  const approval = approvalFor(api, 'revision', id, context, revision);
  const links = [
    { href: `${baseOf(api)}/approve/${approval.id}`, rel: 'approve', method: 'GET' },
    { href: `${baseOf(api)}/v1/billing/subscriptions/${id}`, rel: 'self', method: 'GET' },
  ];
  return { status: 200, body: { plan_id: plan.id, plan_overridden: false, links } };
}

function suspend({ api, id, body }: Call<z.infer<typeof reasonShape>>): Answer {
  mustBe(requireSubscription(api, id), 'ACTIVE');
  moveTo(api, id, 'SUSPENDED', body.reason, { next_billing: null });
  tellSubscription(api, id, 'SUSPENDED');
  return { status: 204 };
}

function reactivate({ api, id, body }: Call<z.infer<typeof reasonShape>>): Answer {
  const sub = requireSubscription(api, id);
  mustBe(sub, 'SUSPENDED', 'APPROVED');
  if (sub.status === 'APPROVED') activate(api, id);
  else {
    const next = nextBillingAfter(api, sub);
    moveTo(api, id, 'ACTIVE', body.reason, { ...next, failed_payments: 0 });
    tellSubscription(api, id, 'ACTIVATED');
  }
  return { status: 204 };
}

function cancel({ api, id, body }: Call<z.infer<typeof reasonShape>>): Answer {
  mustBe(requireSubscription(api, id), 'ACTIVE', 'SUSPENDED', 'APPROVED');
  moveTo(api, id, 'CANCELLED', body.reason, { next_billing: null });
  tellSubscription(api, id, 'CANCELLED');
  return { status: 204 };
}

function capture({ api, id, body }: Call<z.infer<typeof captureShape>>): Answer {
  const sub = requireSubscription(api, id);
  mustBe(sub, 'ACTIVE', 'SUSPENDED');
  const amount = centsOf(body.amount);
  if (body.amount.currency_code !== sub.currency)
    throw refused('CURRENCY_MISMATCH', `The subscription is in ${sub.currency}.`, '/amount');
  if (amount === 0) throw refused('ZERO_AMOUNT', 'The amount must be above zero.', '/amount');
  if (amount > sub.outstanding)
    throw refused(
      'AMOUNT_GREATER_THAN_OUTSTANDING_BALANCE',
      `The amount is more than what is outstanding: ${moneyOf(sub.outstanding, sub.currency).value}.`,
      '/amount',
    );
  const made = captureOutstanding(api, id, amount);
  return { status: 202, body: transaction(api, made.id) };
}

/** PayPal lets a merchant set what is outstanding; it is then captured, or billed with the next cycle. */
function patch({ api, id, body }: Call<z.infer<typeof patchShape>>): Answer {
  const sub = requireSubscription(api, id);
  mustBe(sub, 'ACTIVE', 'SUSPENDED');
  for (const [index, { path, value }] of body.entries()) {
    const wrong = (description: string) =>
      invalidRequest([
        {
          issue: 'INVALID_PARAMETER_VALUE',
          description,
          field: `/${index}/value`,
          location: 'body',
        },
      ]);
    if (path === '/custom_id') {
      if (typeof value !== 'string' || value === '') throw wrong('A text of up to 127 characters.');
      api.store.patch('paypal.subscription', id, { custom_id: value });
    } else if (path === '/billing_info/outstanding_balance') {
      const money = moneySchema.safeParse(value);
      if (!money.success || money.data.currency_code !== sub.currency)
        throw wrong(`An amount of money in ${sub.currency}.`);
      api.store.patch('paypal.subscription', id, { outstanding: centsOf(money.data) });
    } else throw notImplemented(`a patch of ${path}`);
  }
  tellSubscription(api, id, 'UPDATED');
  return { status: 204 };
}

function transaction(api: Api, id: string): object {
  const { amount, currency, status, created, subscription } = api.store.get('paypal.capture', id);
  const { subscriber } = requireSubscription(api, subscription ?? '');
  return {
    id,
    status,
    payer_email: subscriber.email_address,
    payer_name: subscriber.name,
    amount_with_breakdown: {
      gross_amount: moneyOf(amount, currency),
      fee_amount: moneyOf(0, currency),
      net_amount: moneyOf(amount, currency),
    },
    time: timeOf(created),
  };
}

function transactions({ api, id, query }: Call<unknown>): Answer {
  requireSubscription(api, id);
  const [from, to] = ['start_time', 'end_time'].map((name) => Date.parse(query.get(name) ?? ''));
  if (from === undefined || to === undefined || Number.isNaN(from + to))
    throw invalidRequest([
      { issue: 'MISSING_REQUIRED_PARAMETER', description: 'start_time and end_time are required.' },
    ]);
  const rows = api.store
    .all('paypal.capture')
    .filter((each) => each.subscription === id)
    .filter(({ created }) => created * 1000 >= from && created * 1000 <= to)
    .map((each) => transaction(api, each.id));
  const body = { transactions: rows, total_items: rows.length, total_pages: 1, links: [] };
  return { status: 200, body };
}

const AT = '/v1/billing/subscriptions';
export const subscriptionEndpoints = [
  endpoint(`POST ${AT}`, createShape, create),
  endpoint(`GET ${AT}/:id`, NO_BODY, ({ api, id }) => showing(api, requireSubscription(api, id))),
  endpoint(`PATCH ${AT}/:id`, patchShape, patch),
  endpoint(`POST ${AT}/:id/revise`, reviseShape, revise),
  endpoint(`POST ${AT}/:id/suspend`, reasonShape, suspend),
  endpoint(`POST ${AT}/:id/activate`, reasonShape, reactivate),
  endpoint(`POST ${AT}/:id/cancel`, reasonShape, cancel),
  endpoint(`POST ${AT}/:id/capture`, captureShape, capture),
  endpoint(`GET ${AT}/:id/transactions`, NO_BODY, transactions),
];
