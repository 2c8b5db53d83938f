import { z } from 'zod';
import { adminOperator, disableOperator, operatorReasonBody } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Shut an operator out and end their sessions at once',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorReasonBody,
    response: adminOperator,
    errors: ['own_account', 'already_disabled'],
  },
  ({ ctx, params, body }) => disableOperator(ctx, { ...body, id: params.id }),
);
