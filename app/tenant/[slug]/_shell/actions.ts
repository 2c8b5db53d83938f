'use server';

import { z } from 'zod';
import { resendVerification } from '@/lib/domains/identity';
import { defineAction } from '@/lib/transport/define-action';

export const resendVerificationAction = defineAction(
  { name: 'identity.resend-verification', access: 'person', input: z.strictObject({}) },
  async ({ ctx, person }) => {
    await resendVerification(ctx, person);
    return { data: null };
  },
);
