import { z } from 'zod';
import { getInvoice, invoiceDto } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'Get an invoice',
    tag: 'Invoices',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: invoiceDto,
  },
  ({ ctx, params }) => getInvoice(ctx, params.id),
);
