import { z } from 'zod';
import { getMoneyBack, moneyBackDto } from '@/lib/domains/billing';
import { adminRefund, refundBody, requestRefund } from '@/lib/domains/operator';
import { defineRoute } from '@/lib/transport/define-route';

const params = z.object({ id: z.string() });

export const GET = defineRoute(
  {
    permission: 'billing:read',
    summary: 'What came of an invoice’s money: refunds, credit notes, disputes',
    tag: 'Invoices',
    access: 'tenant',
    quotaExempt: true,
    whileSuspended: true,
    params,
    response: moneyBackDto,
  },
  ({ ctx, params: { id } }) => getMoneyBack(ctx, id),
);

export const POST = defineRoute(
  {
    platform: 'money:write',
    summary: 'Give money of an invoice back; without an amount, all that is left',
    tag: 'Operators',
    access: 'operator',
    params,
    body: refundBody,
    response: adminRefund,
    status: 201,
    errors: ['nothing_to_refund', 'not_at_provider', 'refund_too_large', 'currency_mismatch'],
  },
  ({ ctx, params: { id }, body }) => requestRefund(ctx, id, body),
);
