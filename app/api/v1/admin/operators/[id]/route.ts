import { z } from 'zod';
import { adminOperator, changeOperator, operatorChangeBody } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const PATCH = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Change an operator’s role, or whether a second factor is asked of them',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorChangeBody,
    response: adminOperator,
    errors: ['own_account', 'nothing_to_change'],
  },
  ({ ctx, params, body }) => changeOperator(ctx, { ...body, id: params.id }),
);
