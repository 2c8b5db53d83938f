import { z } from 'zod';
import { type Answer, type Call, endpoint, NO_BODY } from '@/sandbox/paypal/endpoint';
import { notFound, refused } from '@/sandbox/paypal/errors';
import { baseOf, tell } from '@/sandbox/paypal/events';
import { newId } from '@/sandbox/paypal/ids';
import { moneySchema, timeOf } from '@/sandbox/paypal/money';
import type { Plan, Product } from '@/sandbox/paypal/records';
import type { Api } from '@/sandbox/stripe/api';

const productShape = z.strictObject({
  /** The merchant's own name for it; made up when left out. */
  id: z.string().min(6).max(50).optional(),
  name: z.string().min(1).max(127),
  type: z.enum(['PHYSICAL', 'DIGITAL', 'SERVICE']),
  description: z.string().min(1).max(256).optional(),
  category: z.string().optional(),
});

const cycleShape = z.strictObject({
  frequency: z.strictObject({
    interval_unit: z.enum(['DAY', 'WEEK', 'MONTH', 'YEAR']),
    interval_count: z.int().min(1).max(365).default(1),
  }),
  tenure_type: z.enum(['REGULAR', 'TRIAL']),
  sequence: z.int().min(1).max(99),
  total_cycles: z.int().min(0).max(999).default(1),
  pricing_scheme: z.strictObject({ fixed_price: moneySchema }).optional(),
});

const planShape = z.strictObject({
  product_id: z.string(),
  name: z.string().min(1).max(127),
  description: z.string().min(1).max(127).optional(),
  status: z.enum(['CREATED', 'ACTIVE']).default('ACTIVE'),
  billing_cycles: z.array(cycleShape).min(1).max(12),
  payment_preferences: z.strictObject({
    auto_bill_outstanding: z.boolean().default(true),
    payment_failure_threshold: z.int().min(0).max(999).default(0),
  }),
  taxes: z
    .strictObject({
      percentage: z.string().regex(/^\d{1,2}(\.\d{1,4})?$/),
      inclusive: z.boolean().default(true),
    })
    .optional(),
  quantity_supported: z.boolean().default(false),
});

function shownProduct(api: Api, product: Product): object {
  const href = `${baseOf(api)}/v1/catalogs/products/${product.id}`;
  return {
    ...product,
    update_time: product.create_time,
    links: [{ href, rel: 'self', method: 'GET' }],
  };
}

function shownPlan(api: Api, plan: Plan): object {
  const href = `${baseOf(api)}/v1/billing/plans/${plan.id}`;
  return { ...plan, links: [{ href, rel: 'self', method: 'GET' }] };
}

export function requirePlan(api: Api, id: string): Plan {
  const plan = api.store.find('paypal.plan', id);
  if (!plan) throw notFound(id);
  return plan;
}

/** `?page=2&page_size=20`, from 1, as PayPal pages its lists. */
export function paged<T>(name: string, rows: T[], query: URLSearchParams): Answer {
  const size = Math.min(20, Math.max(1, Number(query.get('page_size') ?? 10) || 10));
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const total_pages = Math.ceil(rows.length / size);
  const body = { [name]: rows.slice((page - 1) * size, page * size), total_items: rows.length };
  return { status: 200, body: { ...body, total_pages, links: [] } };
}

function createProduct({ api, body }: Call<z.infer<typeof productShape>>): Answer {
  const { id, description, category, ...rest } = body;
  if (id && api.store.find('paypal.product', id))
    throw refused('DUPLICATE_RESOURCE_IDENTIFIER', 'A product of this id exists.', '/id');
  const product = api.store.put('paypal.product', {
    ...rest,
    id: id ?? newId('PROD'),
    ...(description ? { description } : {}),
    ...(category ? { category } : {}),
    create_time: timeOf(api.now()),
  });
  return { status: 201, body: shownProduct(api, product) };
}

function createPlan({ api, body }: Call<z.infer<typeof planShape>>): Answer {
  if (!api.store.find('paypal.product', body.product_id)) throw notFound(body.product_id);
  const cycles = body.billing_cycles.toSorted((a, b) => a.sequence - b.sequence);
  const at = '/billing_cycles';
  if (cycles.some((cycle, index) => cycle.sequence !== index + 1))
    throw refused('INVALID_SEQUENCE', 'Sequences must count from 1 without a gap.', at);
  const regular = cycles.filter((cycle) => cycle.tenure_type === 'REGULAR');
  if (regular.length !== 1 || cycles.at(-1) !== regular[0])
    throw refused(
      'INVALID_BILLING_CYCLES',
      'A plan has one regular cycle, and it is the last.',
      at,
    );
  const currencies = new Set(
    cycles.flatMap(({ pricing_scheme }) => pricing_scheme?.fixed_price.currency_code ?? []),
  );
  if (!regular[0]?.pricing_scheme || currencies.size !== 1)
    throw refused('INVALID_PRICING', 'A regular cycle has a price, in the currency of all.', at);
  const { description, taxes, ...rest } = body;
  const now = timeOf(api.now());
  const plan = api.store.put('paypal.plan', {
    ...rest,
    ...(description ? { description } : {}),
    ...(taxes ? { taxes } : {}),
    id: newId('P'),
    billing_cycles: cycles.map(({ pricing_scheme, ...cycle }) => ({
      ...cycle,
      ...(pricing_scheme ? { pricing_scheme } : {}),
    })),
    create_time: now,
    update_time: now,
  });
  tell(api, 'BILLING.PLAN.CREATED', 'A billing plan was created.', 'plan', shownPlan(api, plan));
  return { status: 201, body: shownPlan(api, plan) };
}

function setStatus(api: Api, id: string, status: Plan['status']): Answer {
  const plan = requirePlan(api, id);
  if (plan.status === status)
    throw refused('PLAN_STATUS_INVALID', `The plan is ${status} already.`);
  const after = api.store.patch('paypal.plan', id, { status, update_time: timeOf(api.now()) });
  const what = status === 'ACTIVE' ? 'ACTIVATED' : 'DEACTIVATED';
  tell(
    api,
    `BILLING.PLAN.${what}`,
    `A billing plan was ${what.toLowerCase()}.`,
    'plan',
    shownPlan(api, after),
  );
  return { status: 204 };
}

export const catalogueEndpoints = [
  endpoint('POST /v1/catalogs/products', productShape, createProduct),
  endpoint('GET /v1/catalogs/products', NO_BODY, ({ api, query }) =>
    paged(
      'products',
      api.store.all('paypal.product').map((each) => shownProduct(api, each)),
      query,
    ),
  ),
  endpoint('GET /v1/catalogs/products/:id', NO_BODY, ({ api, id }) => {
    const product = api.store.find('paypal.product', id);
    if (!product) throw notFound(id);
    return { status: 200, body: shownProduct(api, product) };
  }),
  endpoint('POST /v1/billing/plans', planShape, createPlan),
  endpoint('GET /v1/billing/plans', NO_BODY, ({ api, query }) => {
    const product = query.get('product_id');
    const plans = api.store.all('paypal.plan');
    return paged(
      'plans',
      plans
        .filter((each) => !product || each.product_id === product)
        .map((each) => shownPlan(api, each)),
      query,
    );
  }),
  endpoint('GET /v1/billing/plans/:id', NO_BODY, ({ api, id }) => ({
    status: 200,
    body: shownPlan(api, requirePlan(api, id)),
  })),
  endpoint('POST /v1/billing/plans/:id/activate', NO_BODY, ({ api, id }) =>
    setStatus(api, id, 'ACTIVE'),
  ),
  endpoint('POST /v1/billing/plans/:id/deactivate', NO_BODY, ({ api, id }) =>
    setStatus(api, id, 'INACTIVE'),
  ),
];
