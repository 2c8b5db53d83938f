'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { resendVerification, sessionCookie, signOut } from '@/lib/domains/identity';
import { env } from '@/lib/infra/env';
import { defineAction } from '@/lib/transport/define-action';

export const signOutAction = defineAction(
  { name: 'identity.sign-out', access: 'person', input: z.strictObject({}) },
  async ({ ctx, person }) => {
    await signOut(ctx, person);
    (await cookies()).delete(sessionCookie(env()));
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
