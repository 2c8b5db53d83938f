import { QuotaMeter } from '@/components/patterns/quota-meter';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { LimitRow } from './limit-rows';

/** What the organisation uses of its plan. */
export function LimitsCard({ rows }: { rows: readonly LimitRow[] }) {
  return (
    <Card>
      <CardHeader title="What you use" description="Of what the plan includes; months are UTC." />
      <CardBody className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {rows.map((row) => (
          <QuotaMeter key={row.label} {...row} upgradePath="/billing" />
        ))}
      </CardBody>
    </Card>
  );
}
