type Cell = string | number | boolean | null;

/** Rows as RFC 4180 wants them; a cell that a spreadsheet would run as a formula is written as text. */
export function csvRows<K extends string>(
  columns: readonly K[],
  rows: readonly { [key in K]?: Cell | undefined }[],
): ReadableStream<Uint8Array> {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return new Blob([[columns.join(','), ...lines, ''].join('\r\n')]).stream();
}

function cell(value: Cell | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
