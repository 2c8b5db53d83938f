import type { RepriceReport } from './schemas';

const HEADER = 'tenant,slug,name,billing_cycle,was,would,difference,overage_was,overage_would';

/** Quoted where it has to be; a spreadsheet takes nothing of it for a formula. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Every tenant of a report, a line each; amounts in minor units. */
export function repriceCsv({ rows }: Pick<RepriceReport, 'rows'>): string {
  const lines = rows.map(({ tenant, ...row }) =>
    [
      tenant.id,
      tenant.slug,
      tenant.name,
      row.billing_cycle,
      row.was,
      row.would,
      row.difference,
      row.overage_was,
      row.overage_would,
    ]
      .map(cell)
      .join(','),
  );
  return `${[HEADER, ...lines].join('\r\n')}\r\n`;
}
