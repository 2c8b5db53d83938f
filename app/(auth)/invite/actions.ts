'use server';

import { acceptInvitation, acceptInvitationInput, handoverUrl } from '@/lib/domains/identity';
import { startSession } from '@/lib/transport/browser-session';
import { defineAction } from '@/lib/transport/define-action';

export const acceptInvitationAction = defineAction(
  { name: 'identity.accept-invitation', access: 'public', input: acceptInvitationInput },
  async ({ ctx, person, input }) => {
    const { tenantSlug, session } = await acceptInvitation(ctx, input, person);
    if (session) await startSession(ctx, session);
    return { data: null, href: handoverUrl(tenantSlug), message: 'Welcome' };
  },
);
