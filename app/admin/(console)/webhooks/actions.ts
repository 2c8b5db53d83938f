'use server';

import { revalidatePath } from 'next/cache';
import { replayWebhook, webhookReplayInput } from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

/** Queues a stored delivery once more. */
export const replayWebhookAction = defineOperatorAction(
  {
    name: 'webhooks.replay',
    admits: ['proved', 'off'],
    permission: 'money:write',
    input: webhookReplayInput,
  },
  async ({ ctx, input }) => {
    await replayWebhook(ctx, input);
    revalidatePath('/admin/webhooks', 'layout');
    return { data: null, message: 'Queued: the worker deals with it within seconds' };
  },
);
