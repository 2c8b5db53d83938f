import type { Prisma, Tx } from '@/lib/infra/db';
import { type OverageMode, type OverageMeter, overageModeSchema } from './schemas';

/** What counts at an instant; `budget` in minor units of the plan's currency, null unless that is the mode. */
export type Setting = { mode: OverageMode; budget: number | null };

export type SettingRow = Prisma.OverageSettingGetPayload<object>;

export const OFF: Setting = { mode: 'off', budget: null };

/** A meter's whole history, in the order in which it was written. */
export function readSettings(tx: Tx, tenantId: string, meter: OverageMeter): Promise<SettingRow[]> {
  return tx.overageSetting.findMany({ where: { tenantId, meter }, orderBy: { revision: 'asc' } });
}

const toSetting = ({ mode, budget }: Pick<SettingRow, 'mode' | 'budget'>): Setting => ({
  mode: overageModeSchema.parse(mode),
  budget: budget === null ? null : Number(budget),
});

/** What counted at `at`: of all that had begun, what was written last. */
export function settingAt(history: readonly SettingRow[], at: Date): Setting {
  const row = history.findLast(({ from }) => from <= at);
  return row ? toSetting(row) : OFF;
}

/** What takes the place of the setting of `at` later; null when nothing does. */
export function settingAfter(
  history: readonly SettingRow[],
  at: Date,
): (Setting & { from: Date }) | null {
  const now = history.findLastIndex(({ from }) => from <= at);
  const row = history.slice(now + 1).findLast(({ from }) => from > at);
  return row ? { ...toSetting(row), from: row.from } : null;
}

export const sameSetting = (a: Setting, b: Setting) => a.mode === b.mode && a.budget === b.budget;

/**
 * Units beyond the limit that a setting lets in: null is any number, and with a budget the most whose price isn't above it.
 * `centsPerThousand` is null where the plan has no price, and then nothing is let in.
 */
export function unitsBeyond(setting: Setting, centsPerThousand: number | null): number | null {
  if (centsPerThousand === null || setting.mode === 'off') return 0;
  if (setting.budget === null || centsPerThousand === 0) return null;
  return Math.floor((setting.budget * 1_000) / centsPerThousand);
}
