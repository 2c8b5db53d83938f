import type { ShellUsage } from '@/components/patterns/shell/shell-types';
import { getCurrentUsage } from '@/lib/domains/usage';
import type { Ctx } from '@/lib/kernel/ctx';

/** The ring in the rail: API calls of the month against the plan. */
export async function railUsage(ctx: Ctx): Promise<ShellUsage | null> {
  const asOf = ctx.clock.now().toISOString();
  const calls = (await getCurrentUsage(ctx)).find((row) => row.meter === 'api_calls');
  if (!calls) return null;
  const { meter, used, limit, resets_at } = calls;
  const label = 'API calls this month';
  return { label, meter, used, limit, href: '/usage', resetsAt: resets_at, asOf };
}
