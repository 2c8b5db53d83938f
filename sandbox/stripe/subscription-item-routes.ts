import type Stripe from 'stripe';
import { missing } from '@/sandbox/http/errors';
import { paginate, route } from '@/sandbox/http/route';
import type { Api } from '@/sandbox/stripe/api';
import { changeItems, type ItemChange } from '@/sandbox/stripe/proration';
import type { Subscription } from '@/sandbox/stripe/wire';

function ownerOf(api: Api, item: string): Subscription {
  const sub = api.store
    .all('subscription')
    .find((each) => each.items.data.some((one) => one.id === item));
  if (!sub) throw missing('subscription item', item);
  return sub;
}

type ItemParams = {
  price?: string;
  quantity?: number;
  metadata?: Record<string, string>;
  proration_behavior?: string;
  proration_date?: number;
  payment_behavior?: string;
};

function changeOne(api: Api, sub: Subscription, change: ItemChange, p: ItemParams) {
  return changeItems(api, sub.id, [change], {
    behavior: p.proration_behavior,
    date: p.proration_date,
    payment: p.payment_behavior,
  }).items.data;
}

const pick = ({ price, quantity, metadata }: ItemParams): ItemChange => ({
  ...(price === undefined ? {} : { price }),
  ...(quantity === undefined ? {} : { quantity }),
  ...(metadata === undefined ? {} : { metadata }),
});
const ITEM = 'price quantity metadata proration_behavior proration_date payment_behavior';

export const subscriptionItemRoutes = [
  route<Stripe.SubscriptionItemListParams>(
    'GET /v1/subscription_items',
    'subscription limit starting_after ending_before',
    (p, { api, path }) =>
      paginate(api.require('subscription', p.subscription, 'subscription').items.data, p, path),
  ),
  route(
    'GET /v1/subscription_items/:id',
    '',
    (_, { api, id }) => ownerOf(api, id).items.data.find((item) => item.id === id) ?? {},
  ),
  route<Stripe.SubscriptionItemCreateParams>(
    'POST /v1/subscription_items',
    `subscription ${ITEM}`,
    (p, { api }) =>
      changeOne(
        api,
        api.require('subscription', p.subscription, 'subscription'),
        pick(p as ItemParams),
        p as ItemParams,
      ).at(-1) ?? {},
  ),
  route<Stripe.SubscriptionItemUpdateParams>(
    'POST /v1/subscription_items/:id',
    ITEM,
    (p, { api, id }) =>
      changeOne(api, ownerOf(api, id), { id, ...pick(p as ItemParams) }, p as ItemParams).find(
        (item) => item.id === id,
      ) ?? {},
  ),
  route(
    'DELETE /v1/subscription_items/:id',
    'proration_behavior proration_date',
    (p, { api, id }) => {
      changeOne(api, ownerOf(api, id), { id, deleted: true }, p);
      return { id, object: 'subscription_item', deleted: true };
    },
  ),
];
