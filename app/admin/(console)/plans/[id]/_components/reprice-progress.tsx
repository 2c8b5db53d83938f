'use client';

import { Quantity } from '@/components/ui/figures';
import { ProgressBar } from '@/components/ui/progress';
import { useRefreshWhile } from '@/lib/client/use-refresh-while';

/** How often it is looked again, in ms. */
const EVERY_MS = 2_000;

/** How far the job is; the report takes its place by itself. */
export function RepriceProgress({ done, total }: { done: number; total: number }) {
  useRefreshWhile(true, EVERY_MS);
  return (
    <div className="flex flex-col gap-2">
      <ProgressBar label="Tenants priced" value={total === 0 ? null : done / total} />
      <p role="status" className="text-sm text-muted">
        <Quantity value={done} /> of <Quantity value={total} /> tenants. You can leave this page:
        the job goes on.
      </p>
    </div>
  );
}
