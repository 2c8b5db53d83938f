import { cycleWords, limitLabels, writeLimit } from '@/components/marketing/plan-words';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money } from '@/components/ui/figures';
import type { AdminQuote } from '@/lib/domains/operator';
import { lastDay } from '../../_components/quote-words';

type Revision = AdminQuote['revisions'][number];

function RevisionRow({ revision, current }: { revision: Revision; current: boolean }) {
  const { price, billing_cycle, net_days, limits, terms } = revision;
  return (
    <li className="flex flex-col gap-1.5 border-t border-line py-4 first:border-t-0 first:pt-0">
      <p className="font-medium text-strong">
        Revision {revision.revision}: <Money value={price} /> {cycleWords[billing_cycle]}
        {current ? null : <span className="font-normal text-muted"> (replaced)</span>}
      </p>
      <p className="text-sm text-muted">
        Sent on <DateTime value={revision.sent_at} />, open until the end of{' '}
        <DateTime value={lastDay(revision.valid_until)} style="date" />, invoices due after{' '}
        {net_days} days. Sells Institutional, version {revision.plan_version}.
      </p>
      <p className="figures text-sm text-muted">
        {limitLabels.map(({ id, label }) => `${label}: ${writeLimit(id, limits[id])}`).join(' · ')}
      </p>
      {terms ? <p className="whitespace-pre-line text-sm">{terms}</p> : null}
    </li>
  );
}

/** What was sent, newest first, as it was. */
export function RevisionsCard({ quote }: { quote: AdminQuote }) {
  if (quote.revisions.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Sent" description="What was sent is never changed." />
      <CardBody>
        <ul>
          {quote.revisions.map((revision) => (
            <RevisionRow
              key={revision.revision}
              revision={revision}
              current={revision.revision === quote.revision}
            />
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
