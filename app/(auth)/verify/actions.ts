'use server';

import { handoverUrl, tokenInput, verifyEmail } from '@/lib/domains/identity';
import { allTenantsOf } from '@/lib/domains/tenancy';
import { defineAction } from '@/lib/transport/define-action';

export const verifyAction = defineAction(
  { name: 'identity.verify-email', access: 'public', input: tokenInput },
  async ({ ctx, person, input }) => {
    await verifyEmail(ctx, input.token);
    if (!person) return { data: null, href: '/sign-in?notice=verified' };
    const tenants = await allTenantsOf(person.userId);
    const [only] = tenants;
    const href = only && tenants.length === 1 ? handoverUrl(only.slug) : '/workspaces';
    return { data: null, href, message: 'Your e-mail address is confirmed' };
  },
);
