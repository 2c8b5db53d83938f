import { adminStats, getStats } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'Counts over the whole platform',
    tag: 'Operators',
    access: 'operator',
    response: adminStats,
  },
  ({ ctx }) => getStats(ctx),
);
