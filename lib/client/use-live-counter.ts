'use client';

import { useEffect, useState } from 'react';
import { type LiveMessage, listenLive } from './live-connection';

type UsageMessage = LiveMessage & { meter: string; used: number; limit: number | null };
type Counter = { used: number; limit: number | null };

/**
 * One counter of the month, moved by the live stream. What came with the page stands until the first
 * message, and again when the page is read anew.
 * @param meter a platform meter, "api_calls"; null for a counter that stands still
 */
export function useLiveCounter(
  tenant: string | null,
  meter: string | null,
  initial: Counter,
): Counter {
  const [live, setLive] = useState<(Counter & { since: string }) | null>(null);
  const since = `${initial.used} of ${initial.limit}`;
  useEffect(() => {
    if (tenant === null || meter === null) return undefined;
    return listenLive('usage', tenant, (message) => {
      const { meter: moved, used, limit } = message as UsageMessage;
      if (moved === meter) setLive({ used, limit, since });
    });
  }, [tenant, meter, since]);
  return live?.since === since ? live : initial;
}
