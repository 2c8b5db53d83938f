import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { afterAll, expect, it } from 'vitest';
import { monthlyUsed } from '@/lib/domains/usage';
import { closeDatabase, withTenant } from '@/lib/infra/db';
import type { Series, SeriesPart } from '@/lib/kernel/series';
import { useTestDatabase } from '@/lib/testing/test-database';
import { tradingTenant } from '@/lib/testing/trading-world';
import { listAnswer } from './list-answer';
import { seriesAnswer } from './series-answer';
import { seriesCsv } from './series-csv';
import { seriesParquet } from './series-parquet';

useTestDatabase();
afterAll(() => closeDatabase());

const columns = [
  { name: 'time', kind: 'time' },
  { name: 'pnl', kind: 'number' },
  { name: 'reason', kind: 'text' },
] as const;
const START = Date.UTC(2026, 0, 1);

function series(...parts: SeriesPart[]): Series {
  async function* read() {
    yield* parts;
  }
  return { columns, parts: read() };
}

async function all(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of parts) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function parquet(given: Series) {
  const bytes = await all(seriesParquet(given));
  const file = new Uint8Array(bytes).buffer;
  return { rows: await parquetReadObjects({ file }), metadata: parquetMetadata(file) };
}

const mixed = () =>
  series(
    [Float64Array.of(START, START + 1), Float64Array.of(0.1, Number.NaN), ['stop, "hard"', null]],
    [[START + 86_400_000], [null], ['=SUM(A1)']],
  );

it('is written as CSV that spreadsheets read and do not run', async () => {
  expect((await all(seriesCsv(mixed()))).toString()).toBe(
    [
      'time,pnl,reason',
      '2026-01-01T00:00:00.000Z,0.1,"stop, ""hard"""',
      '2026-01-01T00:00:00.001Z,,',
      "2026-01-02T00:00:00.000Z,,'=SUM(A1)",
      '',
    ].join('\r\n'),
  );
});

it('is written as Parquet with times in UTC milliseconds, doubles and text', async () => {
  const { rows, metadata } = await parquet(mixed());
  expect(rows).toEqual([
    { time: new Date(START), pnl: 0.1, reason: 'stop, "hard"' },
    { time: new Date(START + 1), pnl: null, reason: null },
    { time: new Date(START + 86_400_000), pnl: null, reason: '=SUM(A1)' },
  ]);
  expect(parquetSchema(metadata).children.map(({ element }) => element)).toMatchObject([
    {
      name: 'time',
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    },
    { name: 'pnl', type: 'DOUBLE' },
    { name: 'reason', type: 'BYTE_ARRAY', logical_type: { type: 'STRING' } },
  ]);
});

it('may be empty', async () => {
  expect((await all(seriesCsv(series()))).toString()).toBe('time,pnl,reason\r\n');
  const { rows, metadata } = await parquet(series());
  expect([rows, Number(metadata.num_rows)]).toEqual([[], 0]);
});

const PART = 8_192;
const part = (at: number): SeriesPart => [
  Float64Array.from({ length: PART }, (_, i) => START + (at * PART + i) * 60_000),
  Float64Array.from({ length: PART }, (_, i) => Math.sin(at * PART + i)),
  Array.from({ length: PART }, () => 'signal'),
];

it('keeps every one of many rows, in order, over several groups', async () => {
  const { rows, metadata } = await parquet(
    series(...Array.from({ length: 13 }, (_, i) => part(i))),
  );
  expect(rows.length).toBe(13 * PART);
  expect(metadata.row_groups.length).toBe(4);
  const wrong = rows.findIndex(
    (row, i) =>
      (row.time as Date).getTime() !== START + i * 60_000 ||
      row.pnl !== Math.sin(i) ||
      row.reason !== 'signal',
  );
  expect(wrong).toBe(-1);
});

/** A series without an end, and how much of it was read. */
function endless() {
  const seen = { parts: 0, over: false };
  async function* parts() {
    try {
      for (; ; seen.parts++) yield part(seen.parts);
    } finally {
      seen.over = true;
    }
  }
  return { seen, series: { columns, parts: parts() } satisfies Series };
}

it('a list that is taken whole is read as it is sent', async () => {
  const { seen, series: given } = endless();
  const request = new Request('http://localhost/', { headers: { accept: 'text/csv' } });
  const answer = await listAnswer(request, 'all', {
    page: async () => ({}),
    whole: async () => given,
  });
  if (!(answer instanceof Response)) throw new Error('no download');
  const reader = answer.body?.getReader();
  const head = await reader?.read();
  expect(Buffer.from(head?.value ?? []).toString()).toBe('time,pnl,reason\r\n');
  expect(seen.parts).toBe(0);
  const first = Buffer.from((await reader?.read())?.value ?? []).toString();
  expect(first.split('\r\n')).toHaveLength(PART + 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual({ parts: 0, over: false });
  await reader?.cancel();
  expect(seen.over).toBe(true);
});

it.each([
  ['text/csv', 1],
  ['application/vnd.apache.parquet', 5],
])('is read as it is sent, as %s', async (accept, most) => {
  const { seen, series: given } = endless();
  const ctx = await tradingTenant();
  const exports = () => withTenant(ctx, (tx) => monthlyUsed(tx, ctx, 'exports'));
  const answer = await seriesAnswer(
    { ctx, request: new Request('http://localhost/', { headers: { accept } }) },
    'a b/c',
    { page: async () => ({}), whole: async () => given },
  );
  if (!(answer instanceof Response)) throw new Error('no download');
  expect(answer.headers.get('content-type')).toContain(accept);
  expect(answer.headers.get('content-disposition')).toMatch(/filename="a_b_c\.(csv|parquet)"$/);
  // Asked for, and not yet taken.
  expect(await exports()).toBe(0);
  const reader = answer.body?.getReader();
  await reader?.read();
  await reader?.read();
  expect(await exports()).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  // What is sent and, at most, the next piece: never the whole of a series without an end.
  expect(seen.parts).toBeLessThanOrEqual(3 * most);
  await reader?.cancel();
  expect(seen.over).toBe(true);
});
