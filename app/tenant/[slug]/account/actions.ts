'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import {
  changePassword,
  changePasswordInput,
  revokeOtherSessions,
  revokeSession,
  sessionParams,
  updateMe,
  updateMeInput,
} from '@/lib/domains/identity';
import { defineAction } from '@/lib/transport/define-action';

export const updateMeAction = defineAction(
  { name: 'identity.update-me', access: 'person', input: updateMeInput },
  async ({ ctx, person, input }) => {
    await updateMe(ctx, person, input);
    // The name stands in the shell of every page.
    revalidatePath('/tenant/[slug]', 'layout');
    return { data: null };
  },
);

/** A box that isn't ticked sends nothing. */
const passwordForm = changePasswordInput.extend({
  end_other_sessions: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
});

export const changePasswordAction = defineAction(
  { name: 'identity.change-password', access: 'person', input: passwordForm },
  async ({ ctx, person, input }) => {
    await changePassword(ctx, person, input);
    return { data: null };
  },
);

export const endSessionAction = defineAction(
  { name: 'identity.end-session', access: 'person', input: sessionParams },
  async ({ ctx, person, input }) => {
    await revokeSession(ctx, person, input.id);
    return { data: null };
  },
);

export const endOtherSessionsAction = defineAction(
  { name: 'identity.end-other-sessions', access: 'person', input: z.strictObject({}) },
  async ({ ctx, person }) => ({ data: { ended: await revokeOtherSessions(ctx, person) } }),
);
