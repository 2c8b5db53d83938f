import { z } from 'zod';
import { adminQuote, getAdminQuote } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'A quote with its draft and every revision that was sent',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    response: adminQuote,
  },
  ({ ctx, params }) => getAdminQuote(ctx, params.id),
);
