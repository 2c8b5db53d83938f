import { recordAudit } from '@/lib/domains/audit';
import { requireFeature, takeLimit } from '@/lib/domains/entitlements';
import { checkDefinition, getStrategyForRun } from '@/lib/domains/trading/strategies';
import {
  compileStrategy,
  StrategyCompileError,
  type StrategyDefinition,
} from '@/lib/domains/trading/strategies/language';
import { countUsage, monthlyUsed } from '@/lib/domains/usage';
import { type Prisma, type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import { enqueue } from '@/lib/infra/queue';
import { actingUserId, type Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { newId, publicId } from '@/lib/kernel/ids';
import { checkSeries } from './check-series';
import { toBacktestDto } from './internal';
import { RUN_KEY, runBacktestContract } from './job-contracts';
import { mayWrite } from './policy';
import type { BacktestDto, CreateBacktestInput } from './schemas';
import type { BacktestSpec } from './spec';

type Chosen = {
  id: string | null;
  version: number | null;
  name: string;
  definition: StrategyDefinition;
};

/**
 * Queues a back-test and counts it in the month's quota, in one transaction. A run that is cancelled before it
 * starts is given back; one that has started counts.
 * @throws forbidden; not_found for strategy or symbol; invalid with the field at fault; payment_required
 *   `quota_exceeded`, `feature_not_in_plan`, `subscription_required`
 */
export async function createBacktest(ctx: Ctx, input: CreateBacktestInput): Promise<BacktestDto> {
  mayWrite(ctx);
  return withTenant(ctx, async (tx) => {
    await requireFeature(tx, ctx, 'backtesting');
    const chosen = await chooseStrategy(tx, ctx, input);
    const params = fillParams(chosen.definition, input.params);
    const series = await checkSeries(tx, ctx, input);
    await takeLimit(tx, ctx, 'backtests_per_month', {
      used: () => monthlyUsed(tx, ctx, 'backtests'),
    });
    await countUsage(tx, ctx, 'backtests');
    const { cash, commission, slippage = null, finalize_trades: finalizeTrades } = input;
    const spec: BacktestSpec = {
      definition: chosen.definition,
      params,
      ...series,
      cash,
      commission,
      slippage,
      finalizeTrades,
    };
    return queue(tx, ctx, chosen, spec);
  });
}

async function chooseStrategy(tx: Tx, ctx: Ctx, input: CreateBacktestInput): Promise<Chosen> {
  if (input.strategy_id !== undefined) return getStrategyForRun(tx, ctx, input.strategy_id);
  const definition = checkDefinition(input.strategy ?? {}, 'strategy', 'Unsaved strategy');
  return { id: null, version: null, name: definition.name, definition };
}

/** All parameters with their values. @throws invalid with paths that start with `params` */
function fillParams(
  definition: StrategyDefinition,
  given: Record<string, number>,
): Record<string, number> {
  try {
    return { ...compileStrategy(definition, given).params };
  } catch (error) {
    if (!(error instanceof StrategyCompileError)) throw error;
    const errors = error.errors.map((fault) => ({ ...fault }));
    throw new DomainError('invalid', 'invalid_params', error.message, { errors });
  }
}

async function queue(tx: Tx, ctx: Ctx, chosen: Chosen, spec: BacktestSpec): Promise<BacktestDto> {
  const now = ctx.clock.now();
  const { tenantId } = ctx;
  const id = newId(now.getTime());
  const { symbol, timeframe } = spec;
  const row = await tx.backtest.create({
    data: {
      tenantId,
      id,
      strategyId: chosen.id,
      strategyVersion: chosen.version,
      name: chosen.name,
      symbol,
      timeframe,
      spec: JSON.parse(JSON.stringify(spec)) as Prisma.InputJsonObject,
      status: 'queued',
      createdBy: actingUserId(ctx),
      createdAt: now,
    },
  });
  await enqueue(tx, runBacktestContract, { tenantId, backtestId: id }, { key: `${RUN_KEY}${id}` });
  await recordAudit(tx, ctx, {
    action: 'backtest.created',
    object: { type: 'backtest', id },
    after: { name: chosen.name, symbol, timeframe },
  });
  const shown = publicId('backtest', id);
  await emit(tx, ctx, 'backtest.progress', { id: shown, status: 'queued', progress: 0 });
  return toBacktestDto(row);
}
