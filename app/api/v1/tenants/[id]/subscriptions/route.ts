import {
  createSubscription,
  createSubscriptionInput,
  listQuery,
  listSubscriptions,
  subscriptionDto,
  subscriptionPage,
} from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'List the subscriptions of a tenant',
    tag: 'Subscriptions',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    query: listQuery,
    response: subscriptionPage,
  },
  ({ ctx, query }) => listSubscriptions(ctx, query),
);

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Start a subscription',
    tag: 'Subscriptions',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    setupToken: true,
    whileSuspended: true,
    body: createSubscriptionInput,
    response: subscriptionDto,
    status: 201,
    errors: [
      'subscription_exists',
      'invoice_unpaid',
      'quote_required',
      'trial_too_long',
      'coupon_invalid',
      'coupon_redeemed',
      'gateway_unavailable',
      'url_not_allowed',
      'payment_provider_unavailable',
    ],
  },
  ({ ctx, body }) => createSubscription(ctx, body),
);
