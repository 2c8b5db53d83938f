import { z } from 'zod';
import { adminPlan, planRevisionBody, publishPlanDraft } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'catalogue:write',
    summary: 'Put a draft on sale as the plan’s next version',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    body: planRevisionBody,
    response: adminPlan,
    errors: ['draft_changed', 'no_change', 'version_taken', 'provider_refused'],
  },
  ({ ctx, params, body }) => publishPlanDraft(ctx, { id: params.id, ...body }),
);
