'use server';

import { resetPassword, resetPasswordInput } from '@/lib/domains/identity';
import { startSession } from '@/lib/transport/browser-session';
import { defineAction } from '@/lib/transport/define-action';

export const resetPasswordAction = defineAction(
  { name: 'identity.reset-password', access: 'public', input: resetPasswordInput },
  async ({ ctx, input }) => {
    const { session } = await resetPassword(ctx, input);
    await startSession(ctx, session);
    return { data: null, href: '/workspaces', message: 'Your password is saved' };
  },
);
