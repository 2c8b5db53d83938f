import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime } from '@/components/ui/figures';
import type { AdminQuote } from '@/lib/domains/operator';

const cycleWords = { monthly: 'monthly', quarterly: 'quarterly', annual: 'annually' } as const;

/** What the customer asked for, and what came of it. */
export function QuoteStanding({ quote }: { quote: AdminQuote }) {
  const { request, requested_at, status, decided_at, reason, has_draft, revision } = quote;
  return (
    <>
      {request ? (
        <Card>
          <CardHeader
            title="What the customer asked for"
            description={
              <>
                Billed {cycleWords[request.billing_cycle]}; asked on{' '}
                <DateTime value={requested_at} />
              </>
            }
          />
          <CardBody>
            <p className="whitespace-pre-line text-base">{request.message}</p>
          </CardBody>
        </Card>
      ) : null}
      {decided_at ? (
        <Callout tone={status === 'accepted' ? 'positive' : 'info'}>
          <span className="capitalize">{status}</span> on <DateTime value={decided_at} />
          {reason ? <>: “{reason}”</> : '.'}
        </Callout>
      ) : null}
      {has_draft && revision > 0 && status === 'sent' ? (
        <Callout tone="warning" title="A revision is being written">
          Until it is sent, the customer can answer revision {revision}. Withdraw that if it mustn’t
          be accepted any more.
        </Callout>
      ) : null}
    </>
  );
}
