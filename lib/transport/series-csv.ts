import type { Series, SeriesColumn, SeriesPart } from '@/lib/kernel/series';

/** Lines as RFC 4180 wants them; text that a spreadsheet would run as a formula is written as text. */
export async function* seriesCsv({ columns, parts }: Series): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${columns.map(({ name }) => name).join(',')}\r\n`);
  for await (const part of parts) yield encoder.encode(linesOf(columns, part));
}

function linesOf(columns: readonly SeriesColumn[], part: SeriesPart): string {
  let lines = '';
  const count = part[0]?.length ?? 0;
  for (let at = 0; at < count; at++) {
    for (let c = 0; c < columns.length; c++) {
      if (c > 0) lines += ',';
      lines += cell(columns[c]?.kind, part[c]?.[at] ?? null);
    }
    lines += '\r\n';
  }
  return lines;
}

function cell(kind: SeriesColumn['kind'] | undefined, value: number | string | null): string {
  if (value === null || Number.isNaN(value)) return '';
  if (typeof value === 'number') {
    return kind === 'time' ? new Date(value).toISOString() : String(value);
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
