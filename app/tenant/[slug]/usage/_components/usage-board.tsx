'use client';

import { QuotaMeter } from '@/components/patterns/quota-meter';
import { Callout } from '@/components/ui/callout';
import type { CurrentUsageRow } from '@/lib/domains/usage/schemas';
import { useLiveUsage } from '@/lib/client/use-live-usage';
import { meterWords } from '@/components/usage/meter-words';
import { MeterTable } from '@/components/usage/meter-table';
import { UsageHistory } from './usage-history';

type Props = {
  tenant: string;
  tenantId: string;
  current: CurrentUsageRow[];
  /** When the page was made, ISO 8601 UTC. */
  now: string;
};

/** Meters of the platform that say nothing until they have counted something. */
const IDLE = new Set([
  'exports',
  'compute_seconds',
  'bandwidth_bytes',
  'feature_access',
  'user_sessions',
]);

/** Quotas that move, the course of one meter, and the meters in a table. */
export function UsageBoard({ tenant, tenantId, current, now }: Props) {
  const { data, isError, error } = useLiveUsage(tenant, tenantId, current, now);
  const rows = data.data.filter(({ meter, used }) => used > 0 || !IDLE.has(meter));
  const limited = rows.filter(
    ({ limit, meter }) => limit !== null || meter === 'api_calls' || meter === 'backtests',
  );
  return (
    <div className="flex flex-col gap-6">
      {isError ? (
        <Callout tone="warning" title="These figures may be out of date">
          {error.message}
        </Callout>
      ) : null}
      <section
        aria-label="Quotas"
        className="grid gap-x-10 gap-y-6 rounded-lg border border-line bg-panel p-5 md:grid-cols-2 xl:grid-cols-3"
      >
        {limited.map((row) => (
          <QuotaMeter
            key={row.meter}
            {...meterWords(row)}
            used={row.used}
            limit={row.limit}
            resetsAt={row.resets_at}
            reachedAt={row.limit_reached_at}
          />
        ))}
      </section>
      <UsageHistory tenant={tenant} tenantId={tenantId} rows={rows} now={now} />
      <MeterTable rows={rows} />
    </div>
  );
}
