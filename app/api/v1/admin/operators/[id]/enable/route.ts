import { z } from 'zod';
import { adminOperator, enableOperator, operatorReasonBody } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Let an operator sign in again',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorReasonBody,
    response: adminOperator,
    errors: ['own_account', 'already_active', 'never_joined'],
  },
  ({ ctx, params, body }) => enableOperator(ctx, { ...body, id: params.id }),
);
