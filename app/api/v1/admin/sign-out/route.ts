import { signOutOperator } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';
import { endOperatorCookie } from '@/lib/transport/operator-caller';

export const POST = defineRoute(
  {
    platform: 'platform:read',
    summary: 'End the operator’s session',
    tag: 'Operators',
    access: 'operator',
  },
  async ({ ctx }) => {
    await signOutOperator(ctx);
    return new Response(null, { status: 204, headers: { 'set-cookie': endOperatorCookie() } });
  },
);
