import { DownloadPdf } from '@/components/billing/download-pdf';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { AdminRefund } from '@/lib/domains/operator/refunds/schemas';
import { DecideRefund } from '../../../refunds/_components/decide-refund';
import { RefundStanding } from '../../../refunds/_components/refund-standing';

function Row({ refund, decider }: { refund: AdminRefund; decider: string | null }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-3">
      <div className="min-w-0">
        <Money value={refund.amount} className="font-medium text-strong" />
        <span className="block break-words">{refund.reason}</span>
        <span className="text-sm text-muted">
          {refund.requested_by?.email ?? 'By hand at the payment provider'},{' '}
          <DateTime value={refund.requested_at} style="minute" />
        </span>
      </div>
      <div className="flex flex-col gap-2 sm:items-end sm:text-right">
        <RefundStanding refund={refund} />
        {refund.credit_note_id ? (
          <DownloadPdf
            of={`admin/credit-notes/${refund.credit_note_id}`}
            name={`credit-note-${refund.credit_note}`}
            small
          />
        ) : null}
        {refund.status === 'requested' && decider !== null ? (
          <DecideRefund refund={refund} decider={decider} />
        ) : null}
      </div>
    </li>
  );
}

/** What was asked to be given back, newest first, and what became of it. */
export function RefundsCard({
  refunds,
  decider,
}: {
  refunds: readonly AdminRefund[];
  /** The operator who looks, if they may decide. */
  decider: string | null;
}) {
  return (
    <Card>
      <CardHeader title="Refunds" />
      <CardBody>
        {refunds.length === 0 ? (
          <p className="text-muted">Nothing of this invoice was asked back.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {refunds.map((refund) => (
              <Row key={refund.id} refund={refund} decider={decider} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
