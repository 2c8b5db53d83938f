import {
  addOperator,
  adminOperator,
  adminOperatorPage,
  adminOperatorQuery,
  listOperators,
  operatorAddBody,
} from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Operators of the platform, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminOperatorQuery,
    response: adminOperatorPage,
  },
  ({ ctx, query }) => listOperators(ctx, query),
);

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Invite an operator: they choose a password by a mailed link',
    tag: 'Operators',
    access: 'operator',
    body: operatorAddBody,
    response: adminOperator,
    status: 201,
    errors: ['email_taken', 'rate_limited'],
  },
  ({ ctx, body }) => addOperator(ctx, body),
);
