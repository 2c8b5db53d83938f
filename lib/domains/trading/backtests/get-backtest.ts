import { withTenant } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { getBacktestRow, specOf, toBacktestDto } from './internal';
import { mayRead } from './policy';
import type { BacktestDetail, BacktestDto } from './schemas';
import type { ResultHeader } from './store-result';

/** A back-test with its metrics. @throws not_found */
export async function getBacktest(ctx: Ctx, id: string): Promise<BacktestDto> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => toBacktestDto(await getBacktestRow(tx, ctx, id)));
}

/** The same with what a page about the run also shows. @throws not_found */
export async function getBacktestDetail(ctx: Ctx, id: string): Promise<BacktestDetail> {
  mayRead(ctx);
  return withTenant(ctx, async (tx) => {
    const row = await getBacktestRow(tx, ctx, id);
    const series = await tx.backtestSeries.findMany({
      where: { tenantId: ctx.tenantId, backtestId: row.id, kind: { in: ['equity', 'trades'] } },
      select: { kind: true, rows: true, header: true },
    });
    const header = series.find(({ kind }) => kind === 'equity')?.header as ResultHeader | undefined;
    const spec = specOf(row);
    return {
      ...toBacktestDto(row),
      definition: { ...spec.definition },
      currency: spec.currency,
      first_bar: header?.firstBar ?? null,
      last_bar: header?.lastBar ?? null,
      trade_count: series.find(({ kind }) => kind === 'trades')?.rows ?? 0,
      notes: header?.notes ?? [],
      open_position: header?.openPosition ?? null,
    };
  });
}
