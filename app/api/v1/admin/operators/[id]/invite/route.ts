import { z } from 'zod';
import { adminOperator, resendInvitation } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    platform: 'operators:write',
    summary: 'Send the invitation again; the link before is good no more',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    response: adminOperator,
    errors: ['own_account', 'has_joined', 'rate_limited'],
  },
  ({ ctx, params }) => resendInvitation(ctx, params),
);
