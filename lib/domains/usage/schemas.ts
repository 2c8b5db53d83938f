import { z } from 'zod';
import { aggregations } from './meters';

/** Events older than this are refused as `too_late`, in ms: their month may be billed already. */
export const TOO_LATE_MS = 35 * 86_400_000;
/** Clocks differ; further ahead than this an event is refused as `too_early`, in ms. */
export const TOO_EARLY_MS = 5 * 60_000;
export const LARGEST_BATCH = 1_000;

/** No control characters and no halves of surrogate pairs: PostgreSQL can't store NUL nor the halves, and nobody can read the others. */
const printable = /^[^\p{Cc}\p{Cs}]+$/u;
const label = (longest: number) =>
  z.string().min(1).max(longest).regex(printable, 'Control characters are not allowed.');

const dimensionValue = z.union([label(200), z.number(), z.boolean()]);

export const usageEventInput = z.strictObject({
  id: label(200).describe('Yours; with `source` it makes the event the same event again.'),
  meter: label(64),
  source: label(64).default('api'),
  value: z.number().min(-1e15).max(1e15).default(1),
  timestamp: z.iso.datetime({ offset: true }).optional().describe('Now when left out.'),
  dimensions: z
    .record(label(64), dimensionValue)
    .refine((dimensions) => Object.keys(dimensions).length <= 20, 'At most 20 dimensions.')
    .optional(),
});
export type UsageEventInput = z.output<typeof usageEventInput>;

export const recordedEvent = z.object({ status: z.enum(['accepted', 'duplicate']) });

/** Each event is checked by itself, so that a bad one is reported and the others are kept. */
export const usageBatchInput = z.strictObject({
  events: z
    .array(z.unknown().meta({ override: z.toJSONSchema(usageEventInput, { io: 'input' }) }))
    .min(1)
    .max(LARGEST_BATCH),
});

export const recordedBatch = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.array(z.object({ index: z.int(), code: z.string(), message: z.string() })),
});
export type RecordedBatch = z.infer<typeof recordedBatch>;

export const createMeterInput = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,63}$/, 'Lower-case letters, digits and _, 2 to 64, a letter first.'),
  aggregation: z.enum(aggregations),
  unit: label(32),
});
export type CreateMeterInput = z.output<typeof createMeterInput>;

export const meterDto = z.object({
  key: z.string(),
  aggregation: z.enum(aggregations),
  unit: z.string(),
  read_only: z.boolean(),
  created_at: z.iso.datetime().nullable(),
});
export type MeterDto = z.infer<typeof meterDto>;
export const meterList = z.object({ data: z.array(meterDto), next_cursor: z.null() });

export const granularities = ['hour', 'day', 'month'] as const;
export type Granularity = (typeof granularities)[number];

/** Most points in one answer, over all groups. */
export const MOST_POINTS = 10_000;

const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

export const usageQuery = z.strictObject({
  meter: label(64).default('api_calls'),
  from: instant.optional().describe('Start of the current month when left out.'),
  to: instant.optional().describe('Now when left out.'),
  granularity: z.enum(granularities).default('day'),
  group_by: label(64).optional().describe('`endpoint` or `key` for api_calls, else a dimension.'),
  limit: z.coerce.number().int().min(1).max(MOST_POINTS).optional(),
});
export type UsageQuery = z.output<typeof usageQuery>;

export const usagePoint = z.object({
  start: z.iso.datetime(),
  value: z.number().nullable(),
  group: z.string().optional(),
});
export type UsagePoint = z.infer<typeof usagePoint>;
export const usageSeries = z.object({ data: z.array(usagePoint) });

export const currentUsageRow = z.object({
  meter: z.string(),
  used: z.number(),
  limit: z.number().nullable(),
  remaining: z.number().nullable(),
  unit: z.string(),
  resets_at: z.iso.datetime().nullable(),
  projected: z
    .number()
    .nullable()
    .describe(
      'Where the month ends at its mean pace so far. Null until a day and a tenth of the time have passed, and for meters that do not add up.',
    ),
  limit_reached_at: z.iso
    .datetime()
    .nullable()
    .describe('When the limit was reached, or will be at that pace within the month.'),
});
export type CurrentUsageRow = z.infer<typeof currentUsageRow>;
export const currentUsage = z.object({ data: z.array(currentUsageRow) });
