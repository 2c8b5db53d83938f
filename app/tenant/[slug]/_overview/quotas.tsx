import { QuotaMeter } from '@/components/patterns/quota-meter';
import { Card, CardBody, CardHeader } from '@/components/ui/card';
import type { CurrentUsageRow } from '@/lib/domains/usage';

const shown: { meter: string; label: string }[] = [
  { meter: 'backtests', label: 'Back-tests this month' },
  { meter: 'api_calls', label: 'API calls this month' },
  { meter: 'storage_bytes', label: 'Storage' },
];

/** How much of the plan is used, and when it starts anew. */
export function Quotas({ usage }: { usage: CurrentUsageRow[] }) {
  return (
    <Card>
      <CardHeader title="Your plan this month" />
      <CardBody className="grid gap-6">
        {shown.map(({ meter, label }) => {
          const row = usage.find((one) => one.meter === meter);
          return row ? (
            <QuotaMeter
              key={meter}
              label={label}
              used={row.used}
              limit={row.limit}
              unit={row.unit === 'byte' ? 'bytes' : ''}
              resetsAt={row.resets_at}
              reachedAt={row.limit_reached_at}
            />
          ) : null;
        })}
      </CardBody>
    </Card>
  );
}
