import { logIn, logInDto, logInInput } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const POST = defineRoute(
  {
    summary: 'Sign a program in with e-mail and password',
    tag: 'People',
    access: 'public',
    quotaExempt: true,
    whileSuspended: true,
    body: logInInput,
    response: logInDto,
    errors: ['invalid_credentials', 'tenant_required', 'rate_limited'],
  },
  ({ ctx, body }) => logIn(ctx, body),
);
