import { PlainTable } from '@/components/patterns/table/plain-table';
import type { PlainColumn } from '@/components/patterns/table/table-types';
import { Status } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { DateTime, Quantity } from '@/components/ui/figures';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';
import { partText } from '../../_components/plan-words';

const columnsOf = (plan: AdminPlan): PlainColumn<AdminPlan['versions'][number]>[] => [
  {
    id: 'version',
    header: 'Version',
    cell: (one) => (
      <>
        <span className="mr-2 font-medium text-strong">
          <span className="sm:hidden">Version </span>
          {one.version}
        </span>
        {one.version === plan.on_sale ? <Status tone="positive">On sale</Status> : null}
      </>
    ),
  },
  ...(['monthly', 'annual'] as const).map((cycle) => ({
    id: cycle,
    header: cycle === 'monthly' ? 'Monthly' : 'Annual',
    figures: true,
    cell: (one: AdminPlan['versions'][number]) =>
      partText(`prices.${cycle}`, one.content.prices[cycle], plan.currency),
  })),
  {
    id: 'sold',
    header: 'Sold',
    cell: (one) => (
      <span className="whitespace-nowrap">
        <DateTime value={one.published_at} style="date" /> –{' '}
        {one.retired_at ? <DateTime value={one.retired_at} style="date" /> : 'today'}
      </span>
    ),
  },
  {
    id: 'subscriptions',
    header: 'Subscriptions',
    figures: true,
    cell: (one) => <Quantity value={one.subscriptions} />,
  },
  {
    id: 'waiting',
    header: 'Waiting for it',
    figures: true,
    cell: (one) => <Quantity value={one.waiting} />,
  },
];

/** Every version that was ever sold, and who has it. */
export function VersionsCard({ plan }: { plan: AdminPlan }) {
  return (
    <Card>
      <CardHeader title="Versions" description="Newest first; none of them ever changes." />
      <PlainTable
        label="Versions of the plan"
        columns={columnsOf(plan)}
        rows={plan.versions}
        rowKey={(one) => String(one.version)}
      />
    </Card>
  );
}
