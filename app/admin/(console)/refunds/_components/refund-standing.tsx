import { Status } from '@/components/ui/badge';
import type { AdminRefund } from '@/lib/domains/operator/refunds/schemas';
import { refundStatusWords } from '../../../_components/status-words';

/** What there is to say of where a refund stands: why it wasn't, or what documents it. */
function noteOf({ status, failure, refusal, credit_note, decided_by }: AdminRefund): string | null {
  if (status === 'failed') return failure;
  if (status === 'refused') return decided_by ? `${refusal} (${decided_by.email})` : refusal;
  return credit_note;
}

/** How far a refund has got, and the one thing to know about that. */
export function RefundStanding({ refund }: { refund: AdminRefund }) {
  const { tone, word } = refundStatusWords[refund.status];
  const note = noteOf(refund);
  return (
    <div>
      <Status tone={tone}>{word}</Status>
      {note ? <span className="block max-w-60 break-words text-sm text-muted">{note}</span> : null}
    </div>
  );
}
