import { getMe, meDto } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    summary: 'Who is signed in, where, and in which role',
    tag: 'People',
    access: 'person',
    quotaExempt: true,
    whileSuspended: true,
    response: meDto,
  },
  ({ principal }) => getMe(principal),
);
