'use client';

import { useEffect, useRef } from 'react';
import { listenToTenant, type TenantEvent } from './tenant-events';

/**
 * Calls `onEvent` for every event of the organisation whose topic begins with one of `topics`
 * ("subscription", "backtest.progress"), while the component is shown.
 */
export function useTenantEvents(
  tenant: string | null,
  topics: readonly string[],
  onEvent: (event: TenantEvent) => void,
): void {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  const wanted = topics.join(' ');
  useEffect(() => {
    if (tenant === null) return undefined;
    const prefixes = wanted.split(' ');
    return listenToTenant(tenant, (event) => {
      const meant = prefixes.some(
        (topic) => event.type === topic || event.type.startsWith(`${topic}.`),
      );
      if (meant) latest.current(event);
    });
  }, [tenant, wanted]);
}
