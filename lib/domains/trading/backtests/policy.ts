import { authorise, type Ctx } from '@/lib/kernel/ctx';

export function mayRead(ctx: Ctx): void {
  authorise(ctx, 'backtests:read');
}

export function mayWrite(ctx: Ctx): void {
  authorise(ctx, 'backtests:write');
}

/** More bars than this need a shorter window or a longer timeframe. */
export const MOST_BARS = 5_000_000;
