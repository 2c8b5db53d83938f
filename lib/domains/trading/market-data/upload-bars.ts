import { recordAudit } from '@/lib/domains/audit';
import { requireFeature, takeLimit } from '@/lib/domains/entitlements';
import { setUsage } from '@/lib/domains/usage';
import { type Tx, withTenant } from '@/lib/infra/db';
import { emit } from '@/lib/infra/outbox';
import type { Ctx } from '@/lib/kernel/ctx';
import { DomainError } from '@/lib/kernel/errors';
import { BAR_BYTES } from './bar-columns';
import { getOwnInstrumentRow } from './internal';
import { mayWrite } from './policy';
import type { UploadBarsQuery, UploadReportDto } from './schemas';
import { storedBytes } from './stored-bytes';
import { type BarsFormat, MAX_UPLOAD_BYTES, receiveBars } from './upload/receive-bars';
import { RowStore } from './upload/row-store';
import { storeBars } from './upload/store-bars';
import type { UploadReport } from './upload/upload-report';

/** Storing 256 MB takes seconds on a good disk; a slow one gets time. */
const STORE_TIMEOUT = 300_000;

export type UploadBarsInput = UploadBarsQuery & {
  format: BarsFormat;
  body: AsyncIterable<Uint8Array>;
};

/**
 * Takes a file of bars. It is read and checked as it comes, in little memory; then one transaction stores it, so
 * that a broken upload leaves nothing behind. A bar that is already there is replaced.
 * @throws not_found, forbidden; too_large over 256 MB; malformed, invalid `wrong_columns`, `bad_rows` …;
 *   payment_required when storage is used up
 */
export async function uploadBars(
  ctx: Ctx,
  symbol: string,
  input: UploadBarsInput,
): Promise<UploadReportDto> {
  mayWrite(ctx);
  const instrument = await withTenant(ctx, async (tx) => {
    await requireFeature(tx, ctx, 'market_data');
    return getOwnInstrumentRow(tx, ctx, symbol);
  });
  const store = new RowStore();
  try {
    const report = await receiveBars(input.body, store, {
      format: input.format,
      timeframe: input.timeframe,
      timezone: instrument.timezone,
      clock: ctx.clock,
      limit: MAX_UPLOAD_BYTES,
    });
    if (input.on_error === 'reject' && report.rejectedCount > 0) throw badRows(report);
    if (report.accepted === 0) return toDto(report, { inserted: 0, updated: 0 });
    const counts = await withTenant(ctx, (tx) => keep(tx, ctx, instrument.id, input, store), {
      timeoutMs: STORE_TIMEOUT,
    });
    return toDto(report, counts);
  } finally {
    await store.close();
  }
}

async function keep(
  tx: Tx,
  ctx: Ctx,
  instrumentId: string,
  { timeframe }: UploadBarsInput,
  store: RowStore,
) {
  // Still there? It may have been deleted while the file came in.
  const where = { tenantId_id: { tenantId: ctx.tenantId, id: instrumentId } };
  const { symbol } = await tx.instrument.findUniqueOrThrow({ where });
  const key = { tenantId: ctx.tenantId, instrumentId, timeframe };
  const counts = await storeBars(tx, key, store.blocks(), ctx.clock.now());
  const want = counts.inserted * BAR_BYTES;
  await takeLimit(tx, ctx, 'storage_bytes', {
    want,
    used: async () => (await storedBytes(tx, ctx)) - want,
  });
  await setUsage(tx, ctx, 'storage_bytes', await storedBytes(tx, ctx));
  await recordAudit(tx, ctx, {
    action: 'instrument.bars_uploaded',
    object: { type: 'instrument', id: instrumentId },
    after: { symbol, timeframe, ...counts },
  });
  await emit(tx, ctx, 'instrument.changed', { symbol, timeframe, ...counts });
  return counts;
}

function toDto(report: UploadReport, counts: { inserted: number; updated: number }) {
  return { ...counts, rejected_count: report.rejectedCount, rejected: report.rejected };
}

/** The same report as that of a stored upload, as a refusal. */
function badRows(report: UploadReport): DomainError {
  const [first] = report.rejected;
  const rows = report.rejectedCount === 1 ? '1 row is' : `${report.rejectedCount} rows are`;
  const detail = `${rows} not valid, so nothing was stored. The first is line ${first?.line}: ${first?.message}`;
  return new DomainError('invalid', 'bad_rows', detail, {
    errors: report.rejected
      .slice(0, 20)
      .map(({ line, code, message }) => ({ path: `line[${line}]`, code, message })),
    extra: { ...toDto(report, { inserted: 0, updated: 0 }) },
  });
}
