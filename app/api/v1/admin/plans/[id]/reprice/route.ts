import { z } from 'zod';
import { askReprice, getReprice, repriceBody, repriceReport } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

const shared = {
  tag: 'Operators',
  access: 'operator',
  params: z.object({ id: z.string() }),
} as const;

export const GET = defineRoute(
  {
    ...shared,
    platform: 'revenue:read',
    summary: 'What everybody on a plan would have paid under its draft: the last report asked for',
    response: z.object({ report: repriceReport.nullable() }),
  },
  async ({ ctx, params }) => ({ report: await getReprice(ctx, params.id) }),
);

export const POST = defineRoute(
  {
    ...shared,
    platform: 'catalogue:write',
    summary: 'Price everybody on a plan by its draft; a job fills the report',
    body: repriceBody,
    errors: ['no_draft'],
  },
  async ({ ctx, params, body }) => {
    await askReprice(ctx, { id: params.id, ...body });
    return new Response(null, { status: 202 });
  },
);
