import { z } from 'zod';
import { invoicePdfQuery } from '@/lib/domains/billing';
import { getInvoicePaper } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';
import { documentAnswer } from '@/lib/transport/document-answer';

export const GET = defineRoute(
  {
    platform: 'platform:read',
    summary: 'Get a tenant’s invoice as PDF, on A4 or Letter',
    tag: 'Operators',
    access: 'operator',
    params: z.object({ id: z.string() }),
    query: invoicePdfQuery,
    formats: ['application/pdf'],
  },
  async ({ ctx, params, query, request }) =>
    documentAnswer(request, await getInvoicePaper(ctx, params.id, query.size)),
);
