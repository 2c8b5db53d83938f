import { type Month, monthsFrom } from './months';

/** What a month changed in a cohort: minor units and customers, each with its sign. */
export type CohortChange = { began: Month; month: Month; amount: number; customers: number };

/** A cohort by the end of each month from its first on. */
export type Cohort = { began: Month; kept: { customers: number; amount: number }[] };

/** Cohorts whose first month is one of `wanted` (oldest first), followed until the last of them. */
export function followCohorts(
  changes: readonly CohortChange[],
  wanted: readonly Month[],
): Cohort[] {
  const last = wanted.at(-1) ?? '';
  const byCohort = new Map<Month, Map<Month, CohortChange>>();
  for (const change of changes) {
    const own = byCohort.get(change.began) ?? new Map<Month, CohortChange>();
    byCohort.set(change.began, own.set(change.month, change));
  }
  return wanted.flatMap((began) => {
    const byMonth = byCohort.get(began);
    if (!byMonth) return [];
    let customers = 0;
    let amount = 0;
    const kept = monthsFrom(began, last).map((month) => {
      customers += byMonth.get(month)?.customers ?? 0;
      amount += byMonth.get(month)?.amount ?? 0;
      return { customers, amount };
    });
    return [{ began, kept }];
  });
}
