import { adminDiscountPage, adminDiscountQuery, listDiscounts } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'The discounts that operators gave or asked for, newest first',
    tag: 'Operators',
    access: 'operator',
    query: adminDiscountQuery,
    response: adminDiscountPage,
  },
  ({ ctx, query }) => listDiscounts(ctx, query),
);
