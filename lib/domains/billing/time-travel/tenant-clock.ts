import type { Tx } from '@/lib/infra/db';
import { conflict } from '@/lib/kernel/errors';
import type { TenantClockDto } from './schemas';

export type ClockRow = NonNullable<Awaited<ReturnType<Tx['tenantClock']['findUnique']>>>;

/** How far a clock can be moved at once, and how far back it may begin. */
export const YEARS = 2;

/** The same day and hour, so many years on. */
export function addYears(date: Date, years: number): Date {
  const moved = new Date(date);
  moved.setUTCFullYear(moved.getUTCFullYear() + years);
  return moved;
}

export function toClockDto({ at, target }: ClockRow): TenantClockDto {
  return {
    at: at.toISOString(),
    moving_to: target?.toISOString() ?? null,
    latest: addYears(at, YEARS).toISOString(),
  };
}

/** Throws 409 `not_a_sandbox` for a tenant that lives in real time. */
export async function requireClock(tx: Tx, tenantId: string): Promise<ClockRow> {
  const row = await tx.tenantClock.findUnique({ where: { tenantId } });
  if (row) return row;
  throw conflict(
    'not_a_sandbox',
    'This organisation lives in real time. Only one that was set up as a sandbox can be moved through time.',
  );
}
