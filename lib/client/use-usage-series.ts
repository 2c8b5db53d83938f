'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { usageSeries } from '@/lib/domains/usage/schemas';
import { apiFetch } from './api-fetch';
import { listenLive, type UsageMessage } from './live-connection';
import { queryKeys } from './query-keys';

export type SeriesQuery = {
  meter: string;
  /** ISO 8601 UTC. */
  from: string;
  granularity: 'hour' | 'day' | 'month';
};

/** Many calls in a row are drawn together, this long after the first, in ms. */
const FOLLOW_MS = 2_000;

/** A meter's values over time, following its counter; the last picture stays while a new one loads. */
export function useUsageSeries(tenant: string, tenantId: string, query: SeriesQuery) {
  const { meter, from, granularity } = query;
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = listenLive('usage', tenant, (message) => {
      if ((message as UsageMessage).meter !== meter || timer !== null) return;
      timer = setTimeout(() => {
        timer = null;
        const queryKey = queryKeys.usageSeries(tenant, { meter, from, granularity });
        void client.invalidateQueries({ queryKey });
      }, FOLLOW_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, tenant, meter, from, granularity]);
  return useQuery({
    queryKey: queryKeys.usageSeries(tenant, query),
    queryFn: ({ signal }) =>
      apiFetch(`/tenants/${tenantId}/usage?${new URLSearchParams(query)}`, usageSeries, {
        tenant,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
