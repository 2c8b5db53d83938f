import { z } from 'zod';
import { renewCardPage, subscriptionDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Open the page that takes a card during a trial',
    tag: 'Subscriptions',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: subscriptionDto,
    errors: ['no_card_wanted'],
  },
  ({ ctx, params }) => renewCardPage(ctx, params.id),
);
