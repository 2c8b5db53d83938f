/** Calendar months (UTC), written `2026-11`, so that they sort as text. */
export type Month = string;

const place = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

const atPlace = (n: number): Month =>
  `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`;

/** The month of an instant. */
export const monthOf = (at: Date): Month => at.toISOString().slice(0, 7);

/** Its first moment. */
export const startOf = (month: Month): Date => new Date(`${month}-01T00:00:00Z`);

export const addMonths = (month: Month, n: number): Month => atPlace(place(month) + n);

/** How many months `to` is after `from`. */
export const monthsBetween = (from: Month, to: Month): number => place(to) - place(from);

/** Every month from `from` to `to`, both included; none when `to` is earlier. */
export function monthsFrom(from: Month, to: Month): Month[] {
  const count = Math.max(0, monthsBetween(from, to) + 1);
  return Array.from({ length: count }, (_, n) => addMonths(from, n));
}
