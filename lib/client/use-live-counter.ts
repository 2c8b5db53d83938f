'use client';

import { useEffect, useState } from 'react';
import { isNewer, listenLive, type UsageMessage } from './live-connection';

type Counter = { used: number; limit: number | null };

/**
 * One counter of the month, moved by the live stream. What came with the page stands until the first
 * message, and again when the page is read anew.
 * @param meter a platform meter, "api_calls"; null for a counter that stands still
 * @param asOf when `initial` was read, ISO 8601 UTC
 */
export function useLiveCounter(
  tenant: string | null,
  meter: string | null,
  initial: Counter,
  asOf: string,
): Counter {
  const [live, setLive] = useState<(Counter & { since: string }) | null>(null);
  const since = `${initial.used} of ${initial.limit} at ${asOf}`;
  useEffect(() => {
    if (tenant === null || meter === null) return undefined;
    return listenLive('usage', tenant, (message) => {
      const { meter: moved, used, limit } = message as UsageMessage;
      if (moved === meter && isNewer(message, asOf)) setLive({ used, limit, since });
    });
  }, [tenant, meter, since, asOf]);
  return live?.since === since ? live : initial;
}
