'use server';

import { z } from 'zod';
import { resendVerification, signOut } from '@/lib/domains/identity';
import { forgetSession } from '@/lib/transport/browser-session';
import { defineAction } from '@/lib/transport/define-action';

export const signOutAction = defineAction(
  { name: 'identity.sign-out', access: 'person', input: z.strictObject({}) },
  async ({ ctx, person }) => {
    await signOut(ctx, person);
    await forgetSession();
    return { data: null, href: '/sign-in' };
  },
);

export const resendVerificationAction = defineAction(
  { name: 'identity.resend-verification', access: 'person', input: z.strictObject({}) },
  async ({ ctx, person }) => {
    await resendVerification(ctx, person);
    return { data: null };
  },
);
