import type { BenchRow } from '@/lib/testing/bench-world';
import { onThrowawayDatabase } from '@/lib/testing/throwaway-database';

const MEGABYTE = 1024 * 1024;
const BYTES = 200 * MEGABYTE;
const MINUTE = 60_000;
const START = Date.UTC(2000, 0, 1);
/** What one process may grow by: a block of rows, its copies on the way, and room for the collector. */
const MOST_GROWTH_MB = 320;

/** A CSV of 200 MB is taken in flat memory and stored whole; one over 256 MB is refused while it comes. */
export function run(): Promise<BenchRow[]> {
  return onThrowawayDatabase({}, upload);
}

async function upload(): Promise<BenchRow[]> {
  // Imported once the settings are there.
  const { closeDatabase } = await import('@/lib/infra/db');
  const { tradingTenant, addInstrument } = await import('@/lib/testing/trading-world');
  const { uploadBars } = await import('@/lib/domains/trading/market-data');
  const ctx = await tradingTenant();
  await addInstrument(ctx, 'BIG');
  const send = (bytes: number, sent: { rows: number }) =>
    uploadBars(ctx, 'BIG', {
      timeframe: '1m',
      on_error: 'reject',
      format: 'csv',
      body: file(bytes, sent),
    });
  try {
    // Once small, so that what is counted below is not the program itself.
    await send(10 * MEGABYTE, { rows: 0 });
    const sent = { rows: 0 };
    const memory = watchMemory();
    const begun = performance.now();
    const report = await send(BYTES, sent);
    const seconds = (performance.now() - begun) / 1000;
    const growth = memory.stop();
    const stored = report.inserted + report.updated;
    const refusal = await send(257 * MEGABYTE, { rows: 0 }).then(
      () => 'none',
      (error: { code?: string }) => error.code ?? 'unknown',
    );
    return proofRows({
      rows: sent.rows,
      stored,
      bad: report.rejected_count,
      growth,
      seconds,
      refusal,
    });
  } finally {
    await closeDatabase();
  }
}

type Outcome = {
  rows: number;
  stored: number;
  bad: number;
  growth: number;
  seconds: number;
  /** Code with which a file over the limit was refused. */
  refusal: string;
};

function proofRows({ rows, stored, bad, growth, seconds, refusal }: Outcome): BenchRow[] {
  return [
    { name: '200 MB of CSV: rows', value: rows, unit: 'rows', target: null, ok: true },
    {
      name: '200 MB of CSV: stored',
      value: stored,
      unit: 'bars',
      target: rows,
      ok: stored === rows && bad === 0,
    },
    {
      name: '200 MB of CSV: memory grew by',
      value: Math.round(growth / MEGABYTE),
      unit: 'MB',
      target: MOST_GROWTH_MB,
      ok: growth < MOST_GROWTH_MB * MEGABYTE,
    },
    {
      name: '200 MB of CSV: rows a second',
      value: Math.round(rows / seconds),
      unit: 'rows/s',
      target: null,
      ok: true,
    },
    {
      name: '257 MB of CSV: refused as too large',
      value: refusal === 'upload_too_large' ? 1 : 0,
      unit: 'refusals',
      target: 1,
      ok: refusal === 'upload_too_large',
    },
  ];
}

/** Resident memory over what it was at the start, at its highest. */
function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(most, process.memoryUsage.rss()) - before;
    },
  };
}

/** Minute bars as CSV until `bytes` are through. */
async function* file(bytes: number, sent: { rows: number }): AsyncGenerator<Uint8Array> {
  let size = 0;
  let text = 'time,open,high,low,close,volume\n';
  while (size < bytes) {
    for (let index = 0; index < 1_000; index++) {
      const at = sent.rows++;
      const low = 100 + (at % 977) / 100;
      const time = new Date(START + at * MINUTE).toISOString();
      text += `${time},${low},${(low + 0.5).toFixed(4)},${low},${(low + 0.25).toFixed(4)},${at % 1000}\n`;
    }
    const chunk = Buffer.from(text);
    size += chunk.byteLength;
    text = '';
    yield chunk;
  }
}
