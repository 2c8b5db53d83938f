import { recordAudit } from '@/lib/domains/audit';
import { requireSubscription } from '@/lib/domains/entitlements';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { actingUserId, type Ctx } from '@/lib/kernel/ctx';
import { conflict } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import {
  checkDefinition,
  getDefinition,
  lockStrategyRow,
  type StrategyRow,
  takeStrategy,
  toJson,
  toStrategyDto,
} from './internal';
import type { StrategyDefinition } from './language';
import { mayWrite } from './policy';
import type { StrategyDto, UpdateStrategyInput } from './schemas';

type Checked = UpdateStrategyInput & { checked: StrategyDefinition | null };

/**
 * Renames, archives or restores a strategy; a changed definition becomes its next version, and earlier ones
 * stay. The same definition again makes no version.
 * @throws not_found, invalid, conflict `version_conflict` or `strategy_archived`, payment_required
 */
export async function updateStrategy(
  ctx: Ctx,
  id: string,
  input: UpdateStrategyInput,
): Promise<StrategyDto> {
  mayWrite(ctx);
  const checked = input.definition
    ? checkDefinition(input.definition, 'definition', input.name)
    : null;
  return withTenant(ctx, async (tx) => {
    await requireSubscription(tx, ctx);
    const row = await lockStrategyRow(tx, ctx, id);
    refuseConflicts(row, input);
    const current = await getDefinition(tx, row);
    if (input.archived === false && row.archivedAt) await takeStrategy(tx, ctx);
    const updated = await write(tx, ctx, row, current, { ...input, checked });
    if (!updated) return toStrategyDto(row, current);
    const versioned = updated.version !== row.version;
    return toStrategyDto(updated, versioned && checked ? checked : current);
  });
}

function refuseConflicts(row: StrategyRow, input: UpdateStrategyInput): void {
  const { expected_version: expected } = input;
  if (expected !== undefined && expected !== row.version) {
    const detail = `Version ${row.version} was saved meanwhile. Load it, and make your change again.`;
    throw conflict('version_conflict', detail, { version: row.version });
  }
  const edits = input.name !== undefined || input.definition !== undefined;
  if (row.archivedAt && input.archived !== false && edits) {
    throw conflict('strategy_archived', 'This strategy is archived. Restore it to change it.');
  }
}

/** @returns the new row, or null when nothing differs */
async function write(
  tx: Tx,
  ctx: Ctx,
  row: StrategyRow,
  current: StrategyDefinition,
  input: Checked,
): Promise<StrategyRow | null> {
  const { tenantId, id } = row;
  const now = ctx.clock.now();
  const definition =
    input.checked && canonical(input.checked) !== canonical(current) ? input.checked : null;
  const version = definition ? row.version + 1 : row.version;
  const name = input.name ?? row.name;
  const archived = input.archived ?? row.archivedAt !== null;
  if (!definition && name === row.name && archived === (row.archivedAt !== null)) return null;
  if (definition) {
    const by = { createdBy: actingUserId(ctx), createdAt: now };
    await tx.strategyVersion.create({
      data: { tenantId, strategyId: id, version, definition: toJson(definition), ...by },
    });
  }
  const archivedAt = archived ? (row.archivedAt ?? now) : null;
  const updated = await tx.strategy.update({
    where: { tenantId_id: { tenantId, id } },
    data: { name, version, archivedAt, updatedAt: now },
  });
  await recordAudit(tx, ctx, {
    action: actionOf(row, updated),
    object: { type: 'strategy', id },
    before: { name: row.name, version: row.version },
    after: { name, version },
  });
  await emit(tx, ctx, 'strategy.changed', { id: publicId('strategy', id), version });
  return updated;
}

function actionOf(before: StrategyRow, after: StrategyRow): string {
  if (!before.archivedAt && after.archivedAt) return 'strategy.archived';
  if (before.archivedAt && !after.archivedAt) return 'strategy.restored';
  return 'strategy.updated';
}

/** The same text for the same document, whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
