import { requestPasswordReset, requestResetInput } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    summary: 'Mail a link to choose a new password, if the address has an account',
    tag: 'People',
    access: 'public',
    quotaExempt: true,
    whileSuspended: true,
    body: requestResetInput,
    status: 202,
    errors: ['rate_limited'],
  },
  async ({ ctx, body }) => {
    await requestPasswordReset(ctx, body);
    return new Response(null, { status: 202 });
  },
);
