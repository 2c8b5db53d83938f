import { z } from 'zod';
import { adminRefund, refusalBody, refuseRefund } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Refuse a refund that waits for a second operator',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: refusalBody,
    response: adminRefund,
    errors: ['refund_decided'],
  },
  ({ ctx, params, body }) => refuseRefund(ctx, params.id, body.reason),
);
