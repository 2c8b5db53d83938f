'use server';

import { revalidatePath } from 'next/cache';
import {
  archivePlan,
  askPlanMove,
  askReprice,
  cancelPlanMove,
  discardPlanDraft,
  planArchiveInput,
  planMoveIdInput,
  planMoveInput,
  type PlanMovePreview,
  previewPlanMove,
  planDraftForm,
  planRevisionInput,
  publishPlanDraft,
  repriceInput,
  savePlanDraft,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

const refresh = () => revalidatePath('/admin/plans', 'layout');
const shared = { admits: ['proved', 'off'], permission: 'catalogue:write' } as const;

export const saveDraftAction = defineOperatorAction(
  { ...shared, name: 'plans.save-draft', input: planDraftForm },
  async ({ ctx, input }) => {
    await savePlanDraft(ctx, input);
    refresh();
    return { data: null, message: 'Draft saved; nothing is sold by it yet' };
  },
);

export const discardDraftAction = defineOperatorAction(
  { ...shared, name: 'plans.discard-draft', input: planRevisionInput },
  async ({ ctx, input }) => {
    await discardPlanDraft(ctx, input);
    refresh();
    return { data: null, message: 'Draft discarded' };
  },
);

export const publishDraftAction = defineOperatorAction(
  { ...shared, name: 'plans.publish', input: planRevisionInput },
  async ({ ctx, input }) => {
    const plan = await publishPlanDraft(ctx, input);
    refresh();
    return { data: null, message: `${plan.name}, version ${plan.on_sale}, is on sale` };
  },
);

/** Begins a report; it is filled by a job. */
export const repriceAction = defineOperatorAction(
  { ...shared, name: 'plans.reprice', input: repriceInput },
  async ({ ctx, input }) => {
    await askReprice(ctx, input);
    refresh();
    return { data: null, message: 'Everyone is being repriced; the report fills as it goes' };
  },
);

export const archivePlanAction = defineOperatorAction(
  { ...shared, name: 'plans.archive', input: planArchiveInput },
  async ({ ctx, input }) => {
    const plan = await archivePlan(ctx, input);
    refresh();
    return { data: null, message: `${plan.name} is off sale` };
  },
);

/** Whom a move would be about; nothing happens yet. */
export const previewMoveAction = defineOperatorAction(
  { ...shared, name: 'plans.preview-move', input: planMoveInput },
  async ({ ctx, input }): Promise<{ data: PlanMovePreview }> => ({
    data: await previewPlanMove(ctx, input),
  }),
);

/** Begins a move; jobs do it, tenant by tenant. */
export const moveAction = defineOperatorAction(
  { ...shared, name: 'plans.move', input: planMoveInput },
  async ({ ctx, input }) => {
    const move = await askPlanMove(ctx, input);
    refresh();
    return { data: null, href: `/admin/plans/${input.id}/moves/${move.id}` };
  },
);

export const cancelMoveAction = defineOperatorAction(
  { ...shared, name: 'plans.cancel-move', input: planMoveIdInput },
  async ({ ctx, input }) => {
    await cancelPlanMove(ctx, input);
    refresh();
    return { data: null, message: 'What hasn’t happened yet is being taken back' };
  },
);
