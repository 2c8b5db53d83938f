import { z } from 'zod';
import { adminRefund, approveRefund } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Approve a refund that somebody else asked for',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    response: adminRefund,
    errors: ['second_operator_needed', 'refund_decided', 'nothing_to_refund'],
  },
  ({ ctx, params }) => approveRefund(ctx, params.id),
);
