import { changePassword, changePasswordInput } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const PUT = defineRoute(
  {
    summary: 'Change the password; all other sessions of the person end, unless told otherwise',
    tag: 'People',
    access: 'person',
    quotaExempt: true,
    whileSuspended: true,
    body: changePasswordInput,
    status: 204,
    errors: ['wrong_password', 'rate_limited'],
  },
  ({ ctx, principal, body }) => changePassword(ctx, principal, body),
);
