import { overageDto, overageParams, setOverage, setOverageInput } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const PUT = defineRoute(
  {
    permission: 'billing:write',
    summary: 'Switch overage of a meter off, on, or on up to a budget',
    tag: 'Overage',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    params: overageParams,
    body: setOverageInput,
    response: overageDto,
    errors: ['overage_not_offered', 'gateway_cannot', 'currency_mismatch'],
  },
  ({ ctx, params, body }) => setOverage(ctx, params.meter, body),
);
