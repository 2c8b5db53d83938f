import { z } from 'zod';
import { exportReprice } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';
import { csvAnswer } from '@/lib/transport/list-answer';

export const GET = defineRoute(
  {
    platform: 'revenue:read',
    summary: 'The last report of repriced tenants as CSV, a line each',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
  },
  async ({ ctx, params }) => csvAnswer(`reprice-${params.id}`, await exportReprice(ctx, params.id)),
);
