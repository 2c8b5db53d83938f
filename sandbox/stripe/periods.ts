/**
 * The boundary `count` intervals after `anchor`, both unix seconds UTC. A month without the anchor's day ends
 * on its last day, and the day returns in longer months: boundaries are counted from the anchor, not from each other.
 */
export function addInterval(anchor: number, interval: string, count: number): number {
  if (interval === 'day' || interval === 'week')
    return anchor + count * (interval === 'day' ? 86_400 : 604_800);
  const from = new Date(anchor * 1000);
  const months = from.getUTCMonth() + count * (interval === 'year' ? 12 : 1);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const to = new Date(anchor * 1000);
  to.setUTCDate(1);
  to.setUTCMonth(months);
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return to.getTime() / 1000;
}

/** The first boundary after `moment`. */
export function nextBoundary(
  anchor: number,
  interval: string,
  step: number,
  moment: number,
): number {
  if (anchor > moment) return anchor;
  for (let n = step; ; n += step) {
    const boundary = addInterval(anchor, interval, n);
    if (boundary > moment) return boundary;
  }
}
