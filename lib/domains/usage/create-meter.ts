import { recordAudit } from '@/lib/domains/audit';
import { requireSubscription } from '@/lib/domains/entitlements';
import { withTenant } from '@/lib/infra/db';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { forgetIngestState } from './ingest-state';
import { findBuiltInMeter } from './meters';
import { presentMeter } from './list-meters';
import type { CreateMeterInput, MeterDto } from './schemas';

/** A tenant's meters are loaded whole on the hot path, so there is an end to them. */
export const MOST_METERS = 200;

/**
 * Makes a meter of the tenant's own. Throws `meter_read_only` for the name of a platform meter and
 * `meter_exists` for one in use.
 */
export async function createMeter(ctx: Ctx, input: CreateMeterInput): Promise<MeterDto> {
  authorise(ctx, 'usage:write');
  const builtIn = findBuiltInMeter(input.key);
  if (builtIn?.readOnly) {
    const message = `${input.key} is a meter of the platform, written by it alone.`;
    throw invalidField('key', 'meter_read_only', message);
  }
  const meter = await withTenant(ctx, async (tx) => {
    await requireSubscription(tx, ctx);
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`meters:${ctx.tenantId}`}, 0))`;
    const keys = await tx.meter.findMany({
      select: { key: true },
      where: { tenantId: ctx.tenantId },
    });
    if (builtIn || keys.some(({ key }) => key === input.key)) {
      throw conflict('meter_exists', `There is a meter named ${input.key} already.`);
    }
    if (keys.length >= MOST_METERS) {
      throw conflict('too_many_meters', `An organisation has at most ${MOST_METERS} meters.`);
    }
    const now = ctx.clock.now();
    const id = newId(now.getTime());
    const created = await tx.meter.create({
      data: { tenantId: ctx.tenantId, id, ...input, createdAt: now },
    });
    await recordAudit(tx, ctx, {
      action: 'meter.created',
      object: { type: 'meter', id },
      after: input,
    });
    return created;
  });
  forgetIngestState(ctx.tenantId);
  return presentMeter(meter);
}
