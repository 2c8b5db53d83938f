'use server';

import { handoverUrl, tokenInput } from '@/lib/domains/identity';
import { confirmByLink } from '@/lib/domains/onboarding';
import { defineAction } from '@/lib/transport/define-action';

export const confirmAction = defineAction(
  { name: 'onboarding.confirm', access: 'public', input: tokenInput },
  async ({ ctx, input }) => {
    const { tenant, resetToken } = await confirmByLink(ctx, input.token);
    if (resetToken) return { data: null, href: `/reset?token=${resetToken}` };
    return { data: null, href: handoverUrl(tenant.slug) };
  },
);
