import { recordAudit } from '@/lib/domains/audit';
import { withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { actingUserId, type Ctx } from '@/lib/kernel/ctx';
import { newId, publicId } from '@/lib/kernel/ids';
import { checkDefinition, takeStrategy, toJson, toStrategyDto } from './internal';
import { mayWrite } from './policy';
import type { CreateStrategyInput, StrategyDto } from './schemas';

/**
 * Saves a strategy as its first version.
 * @throws forbidden; invalid with the path of every fault; payment_required `quota_exceeded`
 */
export async function createStrategy(ctx: Ctx, input: CreateStrategyInput): Promise<StrategyDto> {
  mayWrite(ctx);
  const definition = checkDefinition(input.definition, 'definition', input.name);
  const now = ctx.clock.now();
  const { tenantId } = ctx;
  const by = { createdBy: actingUserId(ctx), createdAt: now };
  const id = newId(now.getTime());
  return withTenant(ctx, async (tx) => {
    await takeStrategy(tx, ctx);
    const name = input.name ?? definition.name;
    const row = await tx.strategy.create({
      data: { tenantId, id, name, version: 1, ...by, updatedAt: now },
    });
    await tx.strategyVersion.create({
      data: { tenantId, strategyId: id, version: 1, definition: toJson(definition), ...by },
    });
    await recordAudit(tx, ctx, {
      action: 'strategy.created',
      object: { type: 'strategy', id },
      after: { name, version: 1 },
    });
    await emit(tx, ctx, 'strategy.changed', { id: publicId('strategy', id), version: 1 });
    return toStrategyDto(row, definition);
  });
}
