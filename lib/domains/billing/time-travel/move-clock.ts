import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { enqueue } from '@/lib/infra/queue';
import { authorise, type Ctx } from '@/lib/kernel/ctx';
import { conflict, invalidField } from '@/lib/kernel/errors';
import { dateOf, secondsOf } from '@/lib/kernel/unix-time';
import { lockBilling } from '../converge-billing';
import { travelContract } from '../job-contracts';
import type { TenantClockDto, TravelInput } from './schemas';
import { addYears, requireClock, toClockDto, YEARS } from './tenant-clock';

/**
 * Has a sandbox tenant's clock moved, at the provider too; a job does on the way what would have been done. Throws
 * `forbidden`, 409 `not_a_sandbox` and `clock_moving`, 422 for a time that isn't later or is too far.
 */
export async function moveClock(ctx: Ctx, input: TravelInput): Promise<TenantClockDto> {
  authorise(ctx, 'billing:write');
  const { tenantId } = ctx;
  const target = dateOf(secondsOf(new Date(input.to)));
  return withTenant(ctx, async (tx) => {
    await lockBilling(tx, tenantId);
    const row = await requireClock(tx, tenantId);
    if (row.target) {
      throw conflict(
        'clock_moving',
        `The clock is being moved to ${row.target.toISOString()}. Wait until it stands.`,
      );
    }
    if (target <= row.at) {
      throw invalidField(
        'to',
        'not_later',
        `It is ${row.at.toISOString()} there, and time goes forward only.`,
      );
    }
    if (target > addYears(row.at, YEARS)) {
      throw invalidField('to', 'too_far', `At most ${YEARS} years at once.`);
    }
    const moving = await tx.tenantClock.update({ where: { tenantId }, data: { target } });
    await recordAudit(tx, ctx, {
      action: 'tenant.clock_moved',
      object: { type: 'tenant', id: tenantId },
      before: { at: row.at.toISOString() },
      after: { at: target.toISOString() },
    });
    await enqueue(tx, travelContract, { tenantId }, { key: `travel:${tenantId}` });
    return toClockDto(moving);
  });
}
