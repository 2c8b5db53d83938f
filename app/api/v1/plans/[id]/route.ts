import { z } from 'zod';
import { getPlan, planDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    summary: 'Get a plan',
    tag: 'Plans',
    access: 'public',
    quotaExempt: true,
    params: z.object({ id: z.string() }),
    response: planDto,
  },
  ({ ctx, params }) => getPlan(ctx, params.id),
);
