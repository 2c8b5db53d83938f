import { Status } from '@/components/ui/badge';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { MoneyBack } from '@/lib/domains/billing';
import { disputeStatusWords, planWord } from '../../../../_components/status-words';

/** What the cardholder disputes at their bank; nothing where nothing is. */
export function DisputesCard({ disputes }: Pick<MoneyBack, 'disputes'>) {
  if (disputes.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Disputes"
        description="Answered at the payment provider. Until it is won, the money can’t be given back a second time."
      />
      <CardBody>
        <ul className="divide-y divide-line border-y border-line">
          {disputes.map((dispute) => (
            <li
              key={dispute.id}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3"
            >
              <div className="min-w-0">
                <Money value={dispute.amount} className="font-medium text-strong" />
                <span className="block">{planWord(dispute.reason).replaceAll('_', ' ')}</span>
                <span className="text-sm text-muted">
                  Opened <DateTime value={dispute.opened_at} style="date" />
                  {dispute.respond_by && dispute.closed_at === null ? (
                    <>
                      , evidence is taken until <DateTime value={dispute.respond_by} style="date" />
                    </>
                  ) : null}
                </span>
              </div>
              <Status tone={disputeStatusWords[dispute.status].tone}>
                {disputeStatusWords[dispute.status].word}
              </Status>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
