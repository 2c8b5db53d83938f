import { z } from 'zod';
import { adminOperator, operatorReasonBody, withdrawInvitation } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Withdraw an invitation',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorReasonBody,
    response: adminOperator,
    errors: ['own_account', 'not_invited'],
  },
  ({ ctx, params, body }) => withdrawInvitation(ctx, { ...body, id: params.id }),
);
