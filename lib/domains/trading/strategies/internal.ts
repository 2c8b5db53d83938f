import { takeLimit } from '@/lib/domains/entitlements';
import type { Prisma, Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError, notFound } from '@/lib/kernel/errors';
import { parsePublicId, publicId } from '@/lib/kernel/ids';
import { type StrategyDefinition, validateStrategy } from './language';
import type { StrategyDto } from './schemas';

export type StrategyRow = NonNullable<Awaited<ReturnType<Tx['strategy']['findUnique']>>>;

/** A strategy by public id. @throws not_found */
export async function getStrategyRow(tx: Tx, ctx: Ctx, id: string): Promise<StrategyRow> {
  const uuid = parsePublicId('strategy', id);
  const row = uuid
    ? await tx.strategy.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id: uuid } } })
    : null;
  if (!row) throw notFound('strategy');
  return row;
}

/** The same, locked until the transaction ends, so that versions are numbered one after another. */
export async function lockStrategyRow(tx: Tx, ctx: Ctx, id: string): Promise<StrategyRow> {
  const uuid = parsePublicId('strategy', id);
  if (!uuid) throw notFound('strategy');
  await tx.$queryRaw`SELECT 1 FROM strategy
    WHERE tenant_id = ${ctx.tenantId}::uuid AND id = ${uuid}::uuid FOR UPDATE`;
  return getStrategyRow(tx, ctx, id);
}

/** @throws not_found when there is no such version */
export async function getDefinition(
  tx: Tx,
  row: StrategyRow,
  version = row.version,
): Promise<StrategyDefinition> {
  const { tenantId, id: strategyId } = row;
  const stored = await tx.strategyVersion.findUnique({
    where: { tenantId_strategyId_version: { tenantId, strategyId, version } },
  });
  if (!stored) throw notFound('version');
  // Only validated definitions are ever stored.
  return stored.definition as unknown as StrategyDefinition;
}

/**
 * Checks a document; `path` is where it stands in the caller's input. A name given beside it fills in a missing one.
 * @throws invalid with every fault's path
 */
export function checkDefinition(
  value: Record<string, unknown>,
  path: string,
  name?: string,
): StrategyDefinition {
  const named = name !== undefined && value.name === undefined ? { ...value, name } : value;
  const checked = validateStrategy(named);
  if (checked.ok) return checked.definition;
  const errors = checked.errors.map((error) => ({
    ...error,
    path: error.path === '' ? path : `${path}.${error.path}`,
  }));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const detail = `The strategy has a fault at ${first?.path}: ${first?.message}${more}`;
  throw new DomainError('invalid', 'invalid_strategy', detail, { errors });
}

/** Strategies in the sense of the plan's limit: archived ones don't count. */
export function countStrategies(tx: Tx, ctx: Ctx): Promise<number> {
  return tx.strategy.count({ where: { tenantId: ctx.tenantId, archivedAt: null } });
}

/** Takes one of the plan's strategies. @throws payment_required */
export async function takeStrategy(tx: Tx, ctx: Ctx): Promise<void> {
  await takeLimit(tx, ctx, 'strategies', { used: () => countStrategies(tx, ctx) });
}

/** Plain JSON for the database. */
export function toJson(definition: StrategyDefinition): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(definition)) as Prisma.InputJsonObject;
}

export function toStrategyDto(row: StrategyRow, definition: StrategyDefinition): StrategyDto {
  return {
    id: publicId('strategy', row.id),
    name: row.name,
    version: row.version,
    definition: { ...definition },
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    archived_at: row.archivedAt?.toISOString() ?? null,
  };
}
