'use server';

import { revalidatePath } from 'next/cache';
import {
  type AdminRefund,
  approveRefund,
  refundForm,
  refundIdInput,
  refusalInput,
  refuseRefund,
  requestRefund,
} from '@/lib/domains/operator';
import { defineOperatorAction } from '@/lib/transport/define-operator-action';

function refresh(): void {
  revalidatePath('/admin/refunds', 'page');
  revalidatePath('/admin/invoices', 'layout');
}

const outcomes: Record<AdminRefund['status'], string> = {
  requested: 'Asked for: a second operator has to approve it',
  approved: 'The payment provider is away just now; it is paid back when it answers',
  sent: 'On its way: the bank has yet to take it',
  done: 'Paid back, and a credit note is issued',
  refused: 'Refused: nothing is paid back',
  failed: 'The payment provider refused it; the list says why',
};

const becameOf = ({ status }: AdminRefund) => {
  refresh();
  return { data: null, message: outcomes[status] };
};

const admits = ['proved', 'off'] as const;
const permission = 'money:write';

export const requestRefundAction = defineOperatorAction(
  { name: 'refunds.request', admits, permission, input: refundForm },
  async ({ ctx, input: { invoice_id, body, request_key } }) =>
    becameOf(await requestRefund(ctx, invoice_id, body, request_key)),
);

export const approveRefundAction = defineOperatorAction(
  { name: 'refunds.approve', admits, permission, input: refundIdInput },
  async ({ ctx, input }) => becameOf(await approveRefund(ctx, input.id)),
);

export const refuseRefundAction = defineOperatorAction(
  { name: 'refunds.refuse', admits, permission, input: refusalInput },
  async ({ ctx, input }) => becameOf(await refuseRefund(ctx, input.id, input.reason)),
);
