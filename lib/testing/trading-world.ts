import { grantTrial } from '@/lib/domains/entitlements';
import { createBacktest } from '@/lib/domains/trading/backtests';
import { createBacktestInput } from '@/lib/domains/trading/backtests/schemas';
import { createInstrument, uploadBars } from '@/lib/domains/trading/market-data';
import { createInstrumentInput } from '@/lib/domains/trading/market-data/schemas';
import { withTenant } from '@/lib/infra/db';
import type { Role } from '@/lib/kernel/access';
import { fixedClock } from '@/lib/kernel/clock';
import type { Ctx } from '@/lib/kernel/ctx';
import { newId } from '@/lib/kernel/ids';
import type { Series } from '@/lib/kernel/series';
import { seriesCsv } from '@/lib/transport/series-csv';

export type MemberCtx = Ctx & { clock: ReturnType<typeof fixedClock> };

/** A person of a role in a tenant of its own, which has Starter's rights on trial. */
export async function tradingTenant(role: Role = 'owner'): Promise<MemberCtx> {
  const ctx = memberOf(newId(), role);
  await withTenant(ctx, (tx) => grantTrial(tx, ctx));
  return ctx;
}

/** Another person in the same tenant, or one of a tenant without any rights. */
export function memberOf(tenantId: string, role: Role): MemberCtx {
  const userId = newId();
  return {
    tenantId,
    actor: {
      kind: 'member',
      userId,
      role,
      sessionId: newId(),
      via: 'cookie',
      emailVerified: true,
    },
    requestId: 'req_test',
    clock: fixedClock(new Date('2026-03-10T12:00:00Z')),
    ip: null,
    userAgent: null,
  };
}

/** Adds an instrument with the defaults of the API. */
export function addInstrument(ctx: Ctx, symbol: string, fields: Record<string, unknown> = {}) {
  return createInstrument(ctx, createInstrumentInput.parse({ symbol, ...fields }));
}

/** Queues a back-test with the defaults of the API: of the bundled bars unless told otherwise. Its public id. */
export async function queueBacktest(ctx: Ctx, wish: Record<string, unknown>): Promise<string> {
  const defaults = { symbol: 'SPX', timeframe: '1d', cash: 10_000 };
  return (await createBacktest(ctx, createBacktestInput.parse({ ...defaults, ...wish }))).id;
}

/** Text in pieces of `size` bytes, as a body comes. */
export async function* inPieces(text: string, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const CSV_HEADER = 'time,open,high,low,close,volume';

/** A valid row of CSV. Prices move a little with `seed`, always the same way. */
export function csvRow(time: number, seed = 0): string {
  const open = 100 + Math.sin(seed / 17) * 10;
  const close = open + Math.cos(seed / 5);
  const high = Math.max(open, close) + 0.5;
  const low = Math.min(open, close) - 0.5;
  const prices = [open, high, low, close].map((price) => price.toFixed(4));
  return `${new Date(time).toISOString()},${prices.join(',')},${1000 + (seed % 100)}`;
}

/** A whole file of `count` bars from 2000-01-01 on, `step` milliseconds apart. */
export function csvFile(count: number, step = 86_400_000, start = Date.UTC(2000, 0, 1)): string {
  const rows = Array.from({ length: count }, (_, index) => csvRow(start + index * step, index));
  return `${[CSV_HEADER, ...rows].join('\n')}\n`;
}

/** Uploads CSV text as 1d bars unless told otherwise. */
export function uploadCsv(
  ctx: Ctx,
  symbol: string,
  text: string,
  options: Partial<
    Pick<Parameters<typeof uploadBars>[2], 'timeframe' | 'on_error' | 'format'>
  > = {},
) {
  const defaults = { timeframe: '1d', on_error: 'reject', format: 'csv' } as const;
  return uploadBars(ctx, symbol, { ...defaults, ...options, body: inPieces(text) });
}

/** A series as the download that people get. */
export async function csvOf(series: Series): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of seriesCsv(series)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * A strategy that takes seconds over a hundred thousand bars: `pairs` comparisons of indicators whose windows are
 * nested loops, so that the time it takes grows with `pairs`.
 */
export function slowDefinition(pairs = 12): Record<string, unknown> {
  const names = Array.from({ length: pairs * 2 }, (_, index) => `h${index}`);
  return {
    name: 'Slow',
    indicators: Object.fromEntries(
      names.map((name, index) => [name, { hma: [{ stdev: ['close', 1_900 + index] }, 1_950] }]),
    ),
    entry: {
      long: {
        and: Array.from({ length: pairs }, (_, i) => ({ '>': [`h${i}`, `h${i + pairs}`] })),
      },
    },
    exit: { on_opposite_entry: true },
    size: { fraction_of_equity: 1, whole_units: true },
  };
}
