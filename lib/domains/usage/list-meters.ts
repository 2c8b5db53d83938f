import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { type Aggregation, builtInMeters } from './meters';
import type { MeterDto } from './schemas';

/** The tenant's own meters, newest first, then the platform's. */
export async function listMeters(ctx: Ctx): Promise<MeterDto[]> {
  authorise(ctx, 'usage:read');
  const own = await withTenant(ctx, (tx) =>
    tx.meter.findMany({ where: { tenantId: ctx.tenantId }, orderBy: { createdAt: 'desc' } }),
  );
  const platform = builtInMeters.map(({ key, aggregation, unit, readOnly }) => ({
    key,
    aggregation,
    unit,
    read_only: readOnly,
    created_at: null,
  }));
  return [...own.map(presentMeter), ...platform];
}

export function presentMeter(meter: {
  key: string;
  aggregation: string;
  unit: string;
  createdAt: Date;
}): MeterDto {
  return {
    key: meter.key,
    // Written by createMeter alone, from the closed list.
    aggregation: meter.aggregation as Aggregation,
    unit: meter.unit,
    read_only: false,
    created_at: meter.createdAt.toISOString(),
  };
}
