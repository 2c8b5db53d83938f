import { StatRow, StatTile } from '@/components/patterns/stat-tile';
import { Callout } from '@/components/ui/callout';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import { DateTime, Money, Quantity } from '@/components/ui/figures';
import { LinkButton } from '@/components/ui/link-button';
import type { RepriceReport } from '@/lib/domains/operator/reprice/schemas';
import { RepriceForm } from './reprice-form';
import { RepriceProgress } from './reprice-progress';
import { RepriceTable } from './reprice-table';

type Props = {
  planId: string;
  hasDraft: boolean;
  onSale: number | null;
  mayAsk: boolean;
  report: RepriceReport | null;
};

/** What everybody on the plan would have paid under the draft. */
export function RepriceCard({ planId, hasDraft, onSale, mayAsk, report }: Props) {
  const priceable = hasDraft || onSale !== null;
  return (
    <>
      <Card>
        <CardHeader
          title="Reprice everyone"
          description="What everybody on this plan was charged for, under the version they have and under the draft or the version on sale: list prices by the share of the time, and overage as if it had been on."
          actions={
            report?.finished ? (
              <LinkButton variant="secondary" href={`/api/v1/admin/plans/${planId}/reprice/csv`}>
                Export CSV
              </LinkButton>
            ) : null
          }
        />
        <CardBody className="flex flex-col gap-5">
          {mayAsk && priceable ? (
            <RepriceForm planId={planId} hasDraft={hasDraft} onSale={onSale} />
          ) : null}
          {report ? <Report report={report} /> : null}
          {report || priceable ? null : (
            <p className="text-muted">Save a draft to price by first.</p>
          )}
        </CardBody>
      </Card>
      {report?.finished ? <RepriceTable rows={report.rows} currency={report.currency} /> : null}
    </>
  );
}

const edge = (percent: number) => `${percent > 0 ? '+' : ''}${Math.round(percent)}%`;

function bucketName({ above, up_to: upTo }: RepriceReport['distribution'][number]): string {
  if (above === 0) return 'the same';
  if (above === null) return `more than ${edge(Math.abs(upTo ?? 0)).replace('+', '')} less`;
  if (upTo === null) return `${edge(above)} and more`;
  return `${edge(above)} to ${edge(upTo)}`;
}

function Report({ report }: { report: RepriceReport }) {
  const { currency } = report;
  const money = (amount: number) => ({ amount, currency });
  if (!report.finished) return <RepriceProgress done={report.done} total={report.total} />;
  return (
    <>
      {report.outdated ? (
        <Callout tone="warning" title="Not of the draft as it is now">
          The draft was saved, published or discarded since. Reprice everyone again.
        </Callout>
      ) : null}
      <p className="text-muted">
        {report.version === null ? 'By the draft' : `By version ${report.version}`}, over the{' '}
        {report.months} whole months before <DateTime value={report.asked_at} style="minute" />.
        {report.rows.length < report.row_count
          ? ` The table below has the ${report.rows.length} who would pay most more; all ${report.row_count} are in the CSV.`
          : ''}
      </p>
      <StatRow>
        <StatTile
          name="They were charged"
          definition="Over all who have a price under the new terms."
          value={<Money value={money(report.was)} whole />}
        />
        <StatTile
          name="Would have been"
          definition="The same time under the new terms."
          value={<Money value={money(report.would)} whole />}
          note={<Money value={money(report.would - report.was)} signed />}
        />
        <StatTile
          name="Would pay more"
          definition="Tenants whose sum is higher under the new terms."
          value={<Quantity value={report.losers} />}
          note={`${report.winners} less, ${report.unchanged} the same`}
        />
        <StatTile
          name="Without a price"
          definition="Tenants with a cycle that the new terms don’t sell; they are in none of the sums."
          value={<Quantity value={report.unpriced} />}
        />
      </StatRow>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-2 lg:grid-cols-4">
        {report.distribution.map((bucket) => (
          <div key={bucketName(bucket)} className="flex justify-between gap-3">
            <dt className="text-muted">{bucketName(bucket)}</dt>
            <dd className="figures text-strong">{bucket.tenants}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
