import { z } from 'zod';
import { adminOperator, forgetSecondFactor, operatorReasonBody } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary:
      'Have an operator’s authenticator app and recovery codes forgotten, and end their sessions',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorReasonBody,
    response: adminOperator,
    errors: ['own_account', 'no_second_factor'],
  },
  ({ ctx, params, body }) => forgetSecondFactor(ctx, { ...body, id: params.id }),
);
