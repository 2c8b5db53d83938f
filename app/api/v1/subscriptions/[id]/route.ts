import { z } from 'zod';
import {
  changeSubscription,
  changeSubscriptionInput,
  getSubscription,
  refusalsOf,
  subscriptionDto,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

const params = z.object({ id: z.string() });

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'Get a subscription',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params,
    response: subscriptionDto,
  },
  ({ ctx, params: { id } }) => getSubscription(ctx, id),
);

export const PATCH = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Change plan or billing cycle',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params,
    body: changeSubscriptionInput,
    response: subscriptionDto,
    errors: [
      'subscription_changed',
      'subscription_changing',
      'provider_refused',
      'payment_failed',
      'gateway_cannot',
      'quote_required',
      'no_change',
      ...refusalsOf('change_now'),
    ],
  },
  ({ ctx, params: { id }, body }) => changeSubscription(ctx, id, body),
);
