/** One kind of tax id: what people call it, how it is written, and an example. */
export type TaxIdKind = { label: string; format: RegExp; example: string };

const EU = 'AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK'.split(
  '|',
);

/** How the members of the Union write the part after their two letters (VIES, 2024). */
const european: Record<string, string> = {
  AT: 'U\\d{8}',
  BE: '[01]\\d{9}',
  BG: '\\d{9,10}',
  CY: '\\d{8}[A-Z]',
  CZ: '\\d{8,10}',
  ES: '[A-Z0-9]\\d{7}[A-Z0-9]',
  FR: '[A-HJ-NP-Z0-9]{2}\\d{9}',
  HR: '\\d{11}',
  IE: '(\\d{7}[A-W][A-I]?|\\d[A-Z+*]\\d{5}[A-W])',
  IT: '\\d{11}',
  LT: '(\\d{9}|\\d{12})',
  LV: '\\d{11}',
  NL: '[A-Z0-9+*]{10}\\d{2}',
  PL: '\\d{10}',
  RO: '\\d{2,10}',
  SE: '\\d{12}',
  SK: '\\d{10}',
  DE: '\\d{9}',
  EE: '\\d{9}',
  EL: '\\d{9}',
  PT: '\\d{9}',
};

const euVat = new RegExp(
  `^(${EU.map((land) => `${land}${european[land] ?? '\\d{8}'}`).join('|')})$`,
);

/** The kinds that are taken, under the names that Stripe has for them. */
export const taxIdKinds = {
  eu_vat: { label: 'EU VAT number', format: euVat, example: 'DE123456789' },
  gb_vat: {
    label: 'UK VAT number',
    format: /^(GB|XI)(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
    example: 'GB123456789',
  },
  ch_vat: {
    label: 'Swiss VAT number',
    format: /^CHE-\d{3}\.\d{3}\.\d{3} (MWST|TVA|IVA)$/,
    example: 'CHE-123.456.789 MWST',
  },
  no_vat: { label: 'Norwegian VAT number', format: /^\d{9}MVA$/, example: '123456789MVA' },
  us_ein: { label: 'US EIN', format: /^\d{2}-\d{7}$/, example: '12-3456789' },
  ca_gst_hst: {
    label: 'Canadian GST/HST number',
    format: /^\d{9}RT\d{4}$/,
    example: '123456789RT0001',
  },
  au_abn: { label: 'Australian ABN', format: /^\d{11}$/, example: '12345678912' },
  nz_gst: { label: 'New Zealand GST number', format: /^\d{8,9}$/, example: '123456789' },
  in_gst: {
    label: 'Indian GST number',
    format: /^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]$/,
    example: '12ABCDE3456FGZH',
  },
  sg_gst: {
    label: 'Singapore GST number',
    format: /^(M\d{8}[A-Z]|\d{9}[A-Z])$/,
    example: 'M12345678X',
  },
  jp_trn: { label: 'Japanese registration number', format: /^T\d{13}$/, example: 'T1234567891234' },
  br_cnpj: {
    label: 'Brazilian CNPJ',
    format: /^\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}$/,
    example: '01.234.456/5432-10',
  },
  za_vat: { label: 'South African VAT number', format: /^4\d{9}$/, example: '4123456789' },
} as const satisfies Record<string, TaxIdKind>;

export type TaxIdType = keyof typeof taxIdKinds;
export const taxIdTypes = Object.keys(taxIdKinds) as [TaxIdType, ...TaxIdType[]];

/** Kinds whose spaces belong to them. */
const SPACED = new Set<TaxIdType>(['ch_vat']);

/** As it is kept: capitals, without the spaces that people put in to read it. */
export function normaliseTaxId(type: TaxIdType, typed: string): string {
  const text = typed.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  return SPACED.has(type) ? text : text.replaceAll(' ', '');
}
