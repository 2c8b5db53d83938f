'use server';

import { requestPasswordReset, requestResetInput } from '@/lib/domains/identity';
import { defineAction } from '@/lib/transport/define-action';

export const requestResetAction = defineAction(
  { name: 'identity.request-reset', access: 'public', input: requestResetInput },
  async ({ ctx, input }) => {
    await requestPasswordReset(ctx, input);
    return { data: null };
  },
);
