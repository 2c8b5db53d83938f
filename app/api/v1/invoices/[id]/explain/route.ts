import { z } from 'zod';
import { explainInvoice, invoiceExplanation } from '@/lib/domains/billing';
import { defineRoute } from '@/lib/transport/define-route';

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary:
      'Explain an invoice: the rule, the arithmetic, the change and the use behind each line',
    tag: 'Invoices',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params: z.object({ id: z.string() }),
    response: invoiceExplanation,
  },
  ({ ctx, params }) => explainInvoice(ctx, params.id),
);
