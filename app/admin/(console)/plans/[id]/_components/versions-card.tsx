import { Status } from '@/components/ui/badge';
import { Card, CardHeader } from '@/components/ui/card';
import { DateTime, Quantity } from '@/components/ui/figures';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { AdminPlan } from '@/lib/domains/operator/plans/schemas';
import { partText } from '../../_components/plan-words';

/** Every version that was ever sold, and who has it. */
export function VersionsCard({ plan }: { plan: AdminPlan }) {
  return (
    <Card>
      <CardHeader title="Versions" description="Newest first; none of them ever changes." />
      <Table label="Versions of the plan">
        <TableHead>
          <TableRow>
            <TableHeader>Version</TableHeader>
            <TableHeader figures>Monthly</TableHeader>
            <TableHeader figures>Annual</TableHeader>
            <TableHeader>Sold</TableHeader>
            <TableHeader figures>Subscriptions</TableHeader>
            <TableHeader figures>Waiting for it</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {plan.versions.map((one) => (
            <TableRow key={one.version}>
              <TableCell>
                <span className="mr-2 font-medium text-strong">{one.version}</span>
                {one.version === plan.on_sale ? <Status tone="positive">On sale</Status> : null}
              </TableCell>
              <TableCell figures>
                {partText('prices.monthly', one.content.prices.monthly, plan.currency)}
              </TableCell>
              <TableCell figures>
                {partText('prices.annual', one.content.prices.annual, plan.currency)}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <DateTime value={one.published_at} style="date" /> –{' '}
                {one.retired_at ? <DateTime value={one.retired_at} style="date" /> : 'today'}
              </TableCell>
              <TableCell figures>
                <Quantity value={one.subscriptions} />
              </TableCell>
              <TableCell figures>
                <Quantity value={one.waiting} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
