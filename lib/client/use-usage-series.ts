'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usageSeries } from '@/lib/domains/usage/schemas';
import { apiFetch } from './api-fetch';
import { queryKeys } from './query-keys';

export type SeriesQuery = {
  meter: string;
  /** ISO 8601 UTC. */
  from: string;
  granularity: 'hour' | 'day' | 'month';
};

/** A meter's values over time, refreshed while the page is open; the last picture stays while a new one loads. */
export function useUsageSeries(tenant: string, tenantId: string, query: SeriesQuery) {
  return useQuery({
    queryKey: queryKeys.usageSeries(tenant, query),
    queryFn: ({ signal }) =>
      apiFetch(`/tenants/${tenantId}/usage?${new URLSearchParams(query)}`, usageSeries, {
        tenant,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}
