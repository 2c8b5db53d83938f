import { getPlanSimulation, planSimulation, planSimulationQuery } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'What the last months would have cost on each plan and cycle',
    tag: 'Subscriptions',
    access: 'tenant',
    tenantParam: 'id',
    quotaExempt: true,
    whileSuspended: true,
    query: planSimulationQuery,
    response: planSimulation,
  },
  ({ ctx, query }) => getPlanSimulation(ctx, query),
);
