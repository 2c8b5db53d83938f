const DAY = 86_400;

/** Rule 1: the moment so many calendar months later, on the month's last day where it lacks the anchor's. */
export function monthsAfter(anchor: number, months: number): number {
  const date = new Date(anchor * 1000);
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12;
  const day = Math.min(date.getUTCDate(), daysIn(year, month));
  const secondOfDay = ((anchor % DAY) + DAY) % DAY;
  return Date.UTC(year, month, day) / 1000 + secondOfDay;
}

/** Rule 1: the first boundary `anchor + n cycles` after a moment. */
export function boundaryAfter(anchor: number, cycle: number, moment: number): number {
  for (let n = 1; ; n += 1) {
    const boundary = monthsAfter(anchor, n * cycle);
    if (boundary > moment) return boundary;
  }
}

/** The first second of the calendar month in which a moment lies. */
export function monthOf(moment: number): number {
  const date = new Date(moment * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000;
}

export function nextMonth(month: number): number {
  return monthsAfter(month, 1);
}

function daysIn(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [3, 5, 8, 10].includes(month) ? 30 : 31;
}
