'use client';

import { Money } from '@/components/ui/figures';
import type { AdminRefund } from '@/lib/domains/operator/refunds/schemas';
import { DecideRequest } from '../../_components/decide-request';
import { approveRefundAction, refuseRefundAction } from '../actions';

/** What can be done with a refund that waits. */
export function DecideRefund({ refund, decider }: { refund: AdminRefund; decider: string }) {
  return (
    <DecideRequest
      what="refund"
      asked={refund}
      of={refund.invoice.number}
      decider={decider}
      approve={{
        action: approveRefundAction,
        follows: (
          <>
            <Money value={refund.amount} className="font-medium text-strong" /> is paid back to “
            {refund.tenant.name}” at once, and a credit note is issued.
          </>
        ),
      }}
      refuse={{
        action: refuseRefundAction,
        follows: 'Nothing is paid back, and what it held can be asked for again.',
      }}
    />
  );
}
