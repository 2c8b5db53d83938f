import { z } from 'zod';
import { timeframes } from './timeframe';

export const timeframeSchema = z.enum(timeframes).meta({ id: 'Timeframe' });

const SYMBOL = /^[A-Z0-9^][A-Z0-9._:=^-]{0,31}$/;

export const symbolSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(
    SYMBOL,
    'A symbol has 1 to 32 letters, digits and . _ - : = ^ and starts with a letter, digit or ^.',
  )
  .meta({ id: 'Symbol', example: 'SPX' });

export const instrumentKinds = ['equity', 'index', 'fx', 'crypto', 'future'] as const;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const fields = {
  name: z.string().trim().min(1).max(120),
  kind: z.enum(instrumentKinds),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3,10}$/, 'A currency is a code of three to ten letters, such as USD.'),
  point: z.number().positive().max(1e9).describe('The smallest price step, in the quote currency.'),
  timezone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Not a time zone. Use a name such as Europe/London.')
    .describe('Zone in which uploaded intraday times without an offset are read.'),
};

export const createInstrumentInput = z
  .strictObject({
    symbol: symbolSchema,
    name: fields.name.optional(),
    kind: fields.kind.default('equity'),
    currency: fields.currency.default('USD'),
    point: fields.point.default(0.01),
    timezone: fields.timezone.default('UTC'),
  })
  .meta({ id: 'InstrumentInput' });

export type CreateInstrumentInput = z.output<typeof createInstrumentInput>;

export const updateInstrumentInput = z
  .strictObject({
    name: fields.name.optional(),
    kind: fields.kind.optional(),
    currency: fields.currency.optional(),
    point: fields.point.optional(),
    timezone: fields.timezone.optional(),
  })
  .refine((input) => Object.keys(input).length > 0, 'Name at least one field to change.')
  .meta({ id: 'InstrumentChange' });

export type UpdateInstrumentInput = z.output<typeof updateInstrumentInput>;

export const instrumentDto = z
  .object({
    id: z.string(),
    symbol: z.string(),
    name: z.string(),
    kind: z.enum(instrumentKinds),
    currency: z.string(),
    point: z.number(),
    timezone: z.string(),
    read_only: z.boolean().describe('True for data that the platform bundles.'),
    series: z
      .array(
        z.object({
          timeframe: timeframeSchema,
          bars: z.number().int(),
          first_at: z.string().nullable(),
          last_at: z.string().nullable(),
          updated_at: z.string(),
        }),
      )
      .describe('One entry for each timeframe that has bars.'),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Instrument' });

export type InstrumentDto = z.output<typeof instrumentDto>;

/** A moment as the API takes it: an instant with an offset, or a UTC date. */
export const momentSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'Use an ISO 8601 time such as 2020-01-31T00:00:00Z, or a date.',
});

const DAY = 86_400_000;

/** A window of time in epoch milliseconds, both ends included; a date as `to` means its whole day. */
export type TimeWindow = { from: number; to: number };

/** Reads `from` and `to` of a request; an end left out is open. */
export function readWindow(input: {
  from?: string | undefined;
  to?: string | undefined;
}): TimeWindow {
  const { from, to } = input;
  const end = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    to: to?.length === 10 ? end + DAY - 1 : end,
  };
}

export const listInstrumentsQuery = z.strictObject({
  search: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export type ListInstrumentsQuery = z.output<typeof listInstrumentsQuery>;

export const listBarsQuery = z.strictObject({
  timeframe: timeframeSchema.default('1d'),
  from: momentSchema.optional().describe('First time, included.'),
  to: momentSchema.optional().describe('Last time, included; a date means its whole day.'),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  cursor: z.string().max(200).optional(),
  newest: z
    .enum(['true', 'false'])
    .default('false')
    .describe('true: the last `limit` bars of the window, oldest first, without further pages.'),
});

export type ListBarsQuery = z.output<typeof listBarsQuery>;

export const barDto = z
  .object({
    time: z.string(),
    open: z.number(),
    high: z.number(),
    low: z.number(),
    close: z.number(),
    volume: z.number(),
  })
  .meta({ id: 'Bar' });

export type BarDto = z.output<typeof barDto>;

export const uploadBarsQuery = z.strictObject({
  timeframe: timeframeSchema.default('1d'),
  on_error: z
    .enum(['reject', 'skip'])
    .default('reject')
    .describe('reject stores nothing when any row is bad; skip stores the good rows.'),
});

export type UploadBarsQuery = z.output<typeof uploadBarsQuery>;

export const uploadReportDto = z
  .object({
    inserted: z.number().int(),
    updated: z.number().int(),
    rejected_count: z.number().int(),
    rejected: z
      .array(z.object({ line: z.number().int(), code: z.string(), message: z.string() }))
      .describe('The first 1,000. `line` counts from 1, the header included; in JSON, the bar.'),
  })
  .meta({ id: 'UploadReport' });

export type UploadReportDto = z.output<typeof uploadReportDto>;
