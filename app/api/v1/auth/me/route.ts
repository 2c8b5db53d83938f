import { getMe, meDto, updateMe, updateMeInput } from '@/lib/domains/identity';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'People',
  access: 'person',
  quotaExempt: true,
  whileSuspended: true,
  response: meDto,
} as const;

export const GET = defineRoute(
  { ...shared, summary: 'Who is signed in, where, and in which role' },
  ({ principal }) => getMe(principal),
);

export const PATCH = defineRoute(
  { ...shared, summary: 'Change the name of the person signed in', body: updateMeInput },
  ({ ctx, principal, body }) => updateMe(ctx, principal, body),
);
