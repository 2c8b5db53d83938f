'use server';

import { resetPassword, resetPasswordInput } from '@/lib/domains/identity';
import { defineAction } from '@/lib/transport/define-action';
import { startSession } from '../_components/start-session';

export const resetPasswordAction = defineAction(
  { name: 'identity.reset-password', access: 'public', input: resetPasswordInput },
  async ({ ctx, input }) => {
    const { session } = await resetPassword(ctx, input);
    await startSession(session);
    return { data: null, href: '/workspaces', message: 'Your password is saved' };
  },
);
