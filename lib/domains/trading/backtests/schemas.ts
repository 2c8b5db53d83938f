import { z } from 'zod';
import { momentSchema, symbolSchema, timeframeSchema } from '../market-data/schemas';

/** Amounts above this lose cents to rounding. */
const MOST = 1e12;
const rate = z.number().min(0).lt(1).describe('A fraction: 0.001 is 0.1 %.');
const amount = z.number().min(0).max(MOST).describe('In the quote currency.');

export const commissionSchema = z
  .strictObject({ rate: rate.default(0), fixed: amount.default(0) })
  .describe('Charged on entry and on exit.');

export const slippageSchema = z.union(
  [z.strictObject({ rate }), z.strictObject({ fixed: amount })],
  { error: 'Slippage is {"rate": 0.001} or {"fixed": 0.05}.' },
);

export const createBacktestInput = z
  .strictObject({
    strategy_id: z.string().max(64).optional().describe('A saved strategy, in its latest version.'),
    strategy: z
      .record(z.string(), z.unknown(), { error: 'A strategy is an object of the language.' })
      .optional()
      .describe('A definition inline, instead of strategy_id.'),
    symbol: symbolSchema,
    timeframe: timeframeSchema,
    from: momentSchema.optional().describe('First bar, included. Default: the first there is.'),
    to: momentSchema.optional().describe('Last bar, included; a date means its whole day.'),
    cash: z.number().positive().max(MOST).describe('To start with, in the quote currency.'),
    commission: commissionSchema.prefault({}),
    slippage: slippageSchema.optional(),
    params: z
      .record(z.string().max(64), z.number())
      .default({})
      .describe('Values in place of the strategy’s defaults.'),
    finalize_trades: z
      .boolean()
      .default(false)
      .describe('Close what is still open on the last bar’s close, so that it counts as a trade.'),
  })
  .refine((input) => (input.strategy_id === undefined) !== (input.strategy === undefined), {
    path: ['strategy_id'],
    message: 'Give either strategy_id or strategy.',
    params: { code: 'one_of' },
  })
  .meta({ id: 'BacktestInput' });

export type CreateBacktestInput = z.output<typeof createBacktestInput>;

export const backtestStatuses = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type BacktestStatus = (typeof backtestStatuses)[number];

/** Statuses that nothing follows. */
export function isFinished(status: BacktestStatus): boolean {
  return status !== 'queued' && status !== 'running';
}

const metrics = z
  .record(z.string(), z.number().nullable())
  .describe('By the definitions of backtesting.py 0.6; null where undefined.');

export const backtestDto = z
  .object({
    id: z.string(),
    status: z.enum(backtestStatuses),
    progress: z.number().min(0).max(1),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    metrics: metrics.nullable(),
    hash: z
      .string()
      .nullable()
      .describe('The same for every run of the same rules on the same bars.'),
    name: z.string(),
    strategy_id: z.string().nullable(),
    strategy_version: z.number().int().nullable(),
    symbol: z.string(),
    timeframe: timeframeSchema,
    from: z.string().nullable(),
    to: z.string().nullable(),
    cash: z.number(),
    commission: z.object({ rate: z.number(), fixed: z.number() }),
    slippage: z.record(z.string(), z.number()).nullable(),
    params: z
      .record(z.string(), z.number())
      .describe('Every parameter with the value it ran with.'),
    finalize_trades: z.boolean(),
    cancel_requested: z.boolean(),
    bars: z.number().int().nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
  })
  .meta({ id: 'Backtest' });

export type BacktestDto = z.output<typeof backtestDto>;

/** Remarks of the engine on a finished run, and what it left open. */
export type BacktestDetail = BacktestDto & {
  definition: Record<string, unknown>;
  currency: string;
  first_bar: string | null;
  last_bar: string | null;
  trade_count: number;
  notes: { code: string; message: string; count: number }[];
  open_position: {
    side: 'long' | 'short';
    size: number;
    entry_time: string;
    entry_price: number;
    unrealized_pnl: number;
  } | null;
};

export const listBacktestsQuery = z.strictObject({
  status: z.enum(backtestStatuses).optional(),
  strategy_id: z.string().max(64).optional(),
  search: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export type ListBacktestsQuery = z.output<typeof listBacktestsQuery>;

export const seriesQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  cursor: z.string().max(200).optional(),
});

export type SeriesQuery = z.output<typeof seriesQuery>;

export const tradeDto = z
  .object({
    side: z.enum(['long', 'short']),
    size: z.number(),
    entry_time: z.string(),
    entry_price: z.number(),
    exit_time: z.string(),
    exit_price: z.number(),
    commission: z.number(),
    pnl: z.number(),
    return_pct: z.number(),
    reason: z.string(),
  })
  .meta({ id: 'Trade' });

export type TradeDto = z.output<typeof tradeDto>;

export const equityDto = z
  .object({ time: z.string(), equity: z.number(), drawdown_pct: z.number() })
  .meta({ id: 'EquityPoint' });

export type EquityDto = z.output<typeof equityDto>;

/** What a page says of the month's back-tests. */
export type BacktestQuota = {
  used: number;
  /** null is unlimited. */
  limit: number | null;
  resetsAt: string;
  planName: string;
  /** The plan that lifts the limit. */
  upgrade: { planId: string; name: string } | null;
};
