import { z } from 'zod';
import { adminOperator, operatorReasonBody, resetOperatorPassword } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Have an operator choose their password anew by a mailed link, and end their sessions',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: operatorReasonBody,
    response: adminOperator,
    errors: ['own_account', 'not_active', 'rate_limited'],
  },
  ({ ctx, params, body }) => resetOperatorPassword(ctx, { ...body, id: params.id }),
);
