import { z } from 'zod';
import {
  adminPlan,
  discardPlanDraft,
  planDraftBody,
  planRevisionBody,
  savePlanDraft,
} from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  platform: 'catalogue:write',
  tag: 'Operators',
  access: 'operator',
  params: z.object({ id: z.string() }),
  response: adminPlan,
  errors: ['draft_changed'],
} as const;

export const PUT = defineRoute(
  { ...shared, summary: 'Save the draft of a plan’s next version', body: planDraftBody },
  ({ ctx, params, body }) => savePlanDraft(ctx, { id: params.id, ...body }),
);

export const DELETE = defineRoute(
  { ...shared, summary: 'Discard the draft of a plan’s next version', query: planRevisionBody },
  ({ ctx, params, query }) => discardPlanDraft(ctx, { id: params.id, ...query }),
);
