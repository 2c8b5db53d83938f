import { z } from 'zod';
import { adminOperator, enableOperator, operatorStatusBody } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Let an operator sign in again',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorStatusBody,
    response: adminOperator,
    errors: ['own_account', 'already_active'],
  },
  ({ ctx, params, body }) => enableOperator(ctx, { ...body, id: params.id }),
);
