import {
  addedOperator,
  addOperator,
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
    summary: 'Add an operator; the initial password is shown this once',
    tag: 'Operators',
    access: 'operator',
    body: operatorAddBody,
    response: addedOperator,
    status: 201,
    errors: ['email_taken'],
  },
  ({ ctx, body }) => addOperator(ctx, body),
);
