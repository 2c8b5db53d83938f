import { monthSchema } from '@/lib/domains/revenue/schemas';

/** The month (`2026-11`, UTC) that an address asks for, the running one where it asks for none; null where there is no such month. */
export function askedMonth(given: string | string[] | undefined, now: Date): string | null {
  if (given === undefined || given === '') return now.toISOString().slice(0, 7);
  const month = monthSchema.safeParse(given);
  return month.success ? month.data : null;
}
