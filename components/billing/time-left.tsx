'use client';

import { useEffect, useState } from 'react';

const DAY = 86_400_000;
const HOUR = 3_600_000;

function words(ms: number): string {
  if (ms <= 0) return 'no time';
  if (ms < HOUR) return 'less than an hour';
  const [count, unit] = ms < DAY ? [Math.ceil(ms / HOUR), 'hour'] : [Math.ceil(ms / DAY), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** "14 days", begun days counted whole; hours on the last day. Keeps up with the clock. */
export function TimeLeft({ until }: { until: string | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  if (until === null) return null;
  return <span suppressHydrationWarning>{words(Date.parse(until) - now)}</span>;
}
