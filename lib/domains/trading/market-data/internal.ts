import type { Tx } from '@/lib/infra/db';
import type { Ctx } from '@/lib/kernel/ctx';
import { conflict, DomainError, notFound } from '@/lib/kernel/errors';
import { publicId } from '@/lib/kernel/ids';
import { invalidCursor } from '@/lib/kernel/page';
import { BUNDLED_SYMBOLS, PLATFORM_TENANT } from './policy';
import { type InstrumentDto, symbolSchema } from './schemas';
import type { Timeframe } from './timeframe';

const withSeries = { series: { orderBy: { timeframe: 'asc' as const } } };

export type InstrumentRow = NonNullable<Awaited<ReturnType<typeof findInstrument>>>;

/** Instruments that a tenant can read: its own and the bundled ones. */
export function readableBy(ctx: Ctx) {
  return { tenantId: { in: [ctx.tenantId, PLATFORM_TENANT] } };
}

/** An instrument by symbol in any case, or null. Symbols are unique over both owners. */
export function findInstrument(tx: Tx, ctx: Ctx, symbol: string) {
  const parsed = symbolSchema.safeParse(symbol);
  if (!parsed.success) return Promise.resolve(null);
  return tx.instrument.findFirst({
    where: { ...readableBy(ctx), symbol: parsed.data },
    include: withSeries,
  });
}

/** @throws not_found */
export async function getInstrumentRow(tx: Tx, ctx: Ctx, symbol: string): Promise<InstrumentRow> {
  const row = await findInstrument(tx, ctx, symbol);
  if (!row) throw notFound('instrument');
  return row;
}

/** @throws not_found, or forbidden for bundled data */
export async function getOwnInstrumentRow(
  tx: Tx,
  ctx: Ctx,
  symbol: string,
): Promise<InstrumentRow> {
  const row = await getInstrumentRow(tx, ctx, symbol);
  if (row.tenantId !== PLATFORM_TENANT) return row;
  const detail = `${row.symbol} comes with the platform and can’t be changed. Create an instrument of your own.`;
  throw new DomainError('forbidden', 'read_only_instrument', detail);
}

/** @throws conflict when the symbol is bundled or already there */
export async function refuseTakenSymbol(tx: Tx, ctx: Ctx, symbol: string): Promise<void> {
  if (BUNDLED_SYMBOLS.includes(symbol)) {
    const detail = `${symbol} is the platform’s bundled data. Choose another symbol.`;
    throw conflict('symbol_reserved', detail);
  }
  if (await findInstrument(tx, ctx, symbol)) throw symbolTaken(symbol);
}

export function symbolTaken(symbol: string): DomainError {
  return conflict('symbol_taken', `There is already an instrument ${symbol}.`);
}

export function toInstrumentDto(row: InstrumentRow): InstrumentDto {
  return {
    id: publicId('instrument', row.id),
    symbol: row.symbol,
    name: row.name,
    kind: row.kind as InstrumentDto['kind'],
    currency: row.currency,
    point: row.point,
    timezone: row.timezone,
    read_only: row.tenantId === PLATFORM_TENANT,
    series: row.series
      .filter((series) => series.bars > 0)
      .map((series) => ({
        timeframe: series.timeframe as Timeframe,
        bars: series.bars,
        first_at: series.firstAt?.toISOString() ?? null,
        last_at: series.lastAt?.toISOString() ?? null,
        updated_at: series.updatedAt.toISOString(),
      })),
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** An opaque cursor. Decode it with `readCursor`. */
export function writeCursor(value: string): string {
  return Buffer.from(value).toString('base64url');
}

/** @throws invalid when the text doesn't match `shape` */
export function readCursor(cursor: string, shape: RegExp): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (shape.test(text)) return text;
  throw invalidCursor();
}
